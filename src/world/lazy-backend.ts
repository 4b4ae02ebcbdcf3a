import { DeviceError } from "../contract/device-error.ts";
import type { Backend } from "../contract/device.ts";

/** A backend whose code is loaded when it is first asked for something. */
export function lazyBackend(name: string, load: () => Promise<Backend>): Backend {
  let loading: Promise<Backend> | undefined;
  let loaded: Backend | undefined;
  const backend = (): Promise<Backend> =>
    (loading ??= load().then((backend) => (loaded = backend)));
  return {
    name,
    get problems() {
      return loaded?.problems ?? [];
    },
    listDevices: async () => (await backend()).listDevices(),
    open: async (hardwareId, configuration) => (await backend()).open(hardwareId, configuration),
    listOutputs: async () => (await (await backend()).listOutputs?.()) ?? [],
    async openOutput(hardwareId, configuration) {
      const session = (await backend()).openOutput?.(hardwareId, configuration);
      if (session === undefined) throw new DeviceError("not-found", `${name} has no outputs.`);
      return session;
    },
    async choose(hardwareId, options) {
      const choice = (await backend()).choose?.(hardwareId, options);
      if (choice === undefined) {
        throw new DeviceError("not-found", `${name} has no display that a desktop chooses.`);
      }
      return await choice;
    },
    watchDevices: (onChange) => watchWhenLoaded(backend(), onChange),
    // What was never loaded holds nothing.
    close: async () => (await loading)?.close?.(),
  };
}

function watchWhenLoaded(loading: Promise<Backend>, onChange: () => void): () => void {
  let stop: (() => void) | undefined;
  let isStopped = false;
  loading.then(
    (backend) => {
      if (!isStopped) stop = backend.watchDevices?.(onChange);
    },
    // The same failure reaches whoever lists the devices.
    () => undefined,
  );
  return () => {
    isStopped = true;
    stop?.();
  };
}
