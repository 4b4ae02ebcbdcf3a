import type * as constants from "node-av/constants";
import type * as lib from "node-av/lib";
import { missingNative } from "../native-package.ts";

/** node-av's low-level API. Its high-level one spins and needs a newer Node. */
export type Native = typeof lib & { readonly constants: typeof constants };

let loading: Promise<Native> | undefined;

/** @throws DeviceError `missing-dependency` */
export function loadNative(): Promise<Native> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Native> {
  try {
    const [low, constants] = await Promise.all([
      import("node-av/lib"),
      import("node-av/constants"),
    ]);
    low.Log.setLevel(constants.AV_LOG_ERROR);
    return { ...low, constants };
  } catch (error) {
    throw missingNative(error);
  }
}
