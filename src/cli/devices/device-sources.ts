import { defaultBackends, fileDevices, syntheticDevices, type Backend } from "../../backend.ts";

/** Where devices can come from. */
export interface DeviceSources {
  /** The machine's own; or what `USERMEDIA_BACKENDS` names. */
  readonly real: readonly Backend[];
  readonly synthetic: Backend;
  /** One file as a device: the same for the same path, so that its sound and picture stay together. */
  file(path: string): Backend;
}

export function createDeviceSources(): DeviceSources {
  const { backends } = defaultBackends();
  const isSynthetic = ({ name }: Backend): boolean => name === "synthetic";
  const files = new Map<string, Backend>();
  return {
    real: backends,
    synthetic: backends.find(isSynthetic) ?? syntheticDevices(),
    file(path) {
      const known = files.get(path) ?? fileDevices([path]);
      files.set(path, known);
      return known;
    },
  };
}
