import type { Backend, DeviceDescription, DeviceKind, OutputDescription } from "../../backend.ts";
import { plainText } from "../../host/plain-text.ts";
import { CommandError, ExitCode, UsageError } from "../errors.ts";

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

/** A sound output, where it is, and the id by which `--output` knows it. */
export interface ListedOutput {
  readonly backend: Backend;
  readonly description: OutputDescription;
  readonly id: string;
  readonly label: string;
}

/** The outputs of some backends, in their order. */
export async function listOutputs(backends: readonly Backend[]): Promise<readonly ListedOutput[]> {
  const lists = await Promise.all(
    backends.map(async (backend) =>
      ((await backend.listOutputs?.()) ?? []).map((description) => ({
        backend,
        description,
        id: deviceKey(backend, description),
        label: description.label,
      })),
    ),
  );
  return lists.flat();
}

/** What kept devices of some kinds out of the last lists of backends: sentences without a full stop. */
export function listingProblems(
  backends: readonly Backend[],
  kinds: readonly DeviceKind[],
): readonly string[] {
  const messages = backends
    .flatMap(({ problems = [] }) => problems)
    .filter((problem) => problem.kinds.some((kind) => kinds.includes(kind)))
    .map(({ message }) => plainText(message.replace(/\.$/u, "")));
  return [...new Set(messages)];
}

export function deviceKey(
  backend: Backend,
  { hardwareId }: Pick<DeviceDescription, "hardwareId">,
): string {
  return `${backend.name}:${hardwareId}`;
}

/** What a device is known by. */
export interface KnownDevice {
  readonly id: string;
  readonly label: string;
}

/** The device of this id; or else the one whose label, or of which a part of it, is `text`. */
export function matchDevice<Device extends KnownDevice>(
  devices: readonly Device[],
  text: string,
): Device | { readonly ambiguous: readonly Device[] } | undefined {
  const wanted = text.toLowerCase();
  const exact = devices.find(({ id, label }) => id === text || label === text);
  if (exact !== undefined) return exact;
  const partly = devices.filter(({ label }) => label.toLowerCase().includes(wanted));
  return partly.length > 1 ? { ambiguous: partly } : partly[0];
}

/**
 * The device that a person names.
 * @param noun what devices of this kind are called, for messages
 * @throws CommandError when there is none, UsageError when there are several
 */
export function findDevice<Device extends KnownDevice>(
  devices: readonly Device[],
  text: string,
  noun: string,
): Device {
  const match = matchDevice(devices, text);
  if (match === undefined) {
    const labels = devices.map(({ label }) => `"${plainText(label)}"`).join(", ");
    throw new CommandError(
      ExitCode.noDevice,
      `No ${noun} is called "${plainText(text)}"; there is ${labels || "none"}`,
    );
  }
  if ("ambiguous" in match) {
    const ids = match.ambiguous.map(({ id }) => plainText(id)).join(", ");
    throw new UsageError(
      `"${plainText(text)}" is the name of several: say which, by its id: ${ids}`,
    );
  }
  return match;
}
