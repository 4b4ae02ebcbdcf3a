import type { Backend, DeviceDescription } from "../backend.ts";

/** A device, where it comes from, and the id by which `--video` and `--audio` know it. */
export interface ListedDevice {
  readonly backend: Backend;
  readonly description: DeviceDescription;
  /** The same in every run and for every program. */
  readonly id: string;
  readonly label: string;
}

/** The devices of some backends, in their order. */
export async function listDevices(backends: readonly Backend[]): Promise<readonly ListedDevice[]> {
  const lists = await Promise.all(
    backends.map(async (backend) =>
      (await backend.listDevices()).map((description) => ({
        backend,
        description,
        id: deviceKey(backend, description),
        label: description.label,
      })),
    ),
  );
  return lists.flat();
}

export function deviceKey(backend: Backend, { hardwareId }: DeviceDescription): string {
  return `${backend.name}:${hardwareId}`;
}
