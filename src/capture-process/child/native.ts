import type * as constants from "node-av/constants";
import type * as lib from "node-av/lib";
import { missingNative } from "../native-package.ts";
import { keepLine } from "./native-log.ts";

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
    const maxLevel = constants.AV_LOG_ERROR;
    low.Log.setLevel(maxLevel);
    low.Log.setCallback((_level, line) => keepLine(line), { maxLevel });
    return { ...low, constants };
  } catch (error) {
    throw missingNative(error);
  }
}
