import type { Device, DeviceCatalogue } from "../contract.ts";

/**
 * A catalogue in which the devices of fallback backends appear only where there is no other device
 * of their kind: the synthetic camera of a machine that has no camera.
 */
export function fallbackCatalogue(
  catalogue: DeviceCatalogue,
  fallbackNames: ReadonlySet<string>,
): DeviceCatalogue {
  if (fallbackNames.size === 0) return catalogue;
  return {
    list: async () => withoutNeedless(await catalogue.list(), fallbackNames),
    get known() {
      return catalogue.known && withoutNeedless(catalogue.known, fallbackNames);
    },
    listOutputs: async () => (await catalogue.listOutputs?.()) ?? [],
    get knownOutputs() {
      return catalogue.knownOutputs;
    },
    get problems() {
      return catalogue.problems ?? [];
    },
    watch: (listener) => catalogue.watch(listener),
  };
}

function withoutNeedless(
  devices: readonly Device[],
  fallbackNames: ReadonlySet<string>,
): readonly Device[] {
  const others = devices.filter(({ backendName }) => !fallbackNames.has(backendName));
  const kinds = new Set(others.map(({ description }) => description.kind));
  return devices.filter(
    ({ backendName, description }) =>
      !fallbackNames.has(backendName) || !kinds.has(description.kind),
  );
}
