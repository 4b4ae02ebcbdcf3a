import type { Device, DeviceCatalogue } from "../engine/contract.ts";
import type { PermissionBroker } from "../permission/contract.ts";
import type { PreviewProvider } from "../permission/prompts/page/preview-provider.ts";
import { permissionOf } from "../web/permissions/device-kinds.ts";

/** What a preview for programs is made of. */
interface AskingPreviewParts {
  readonly preview: PreviewProvider;
  readonly catalogue: DeviceCatalogue;
  readonly permission: PermissionBroker;
}

/**
 * A preview for programs: each device is asked for as in `getUserMedia()`, shown as captured, and
 * ends when its permission is taken back. The one on a prompt's page can't ask, as it is part of
 * the question; it shows a person what they decide on, and gives the program nothing.
 */
export function askingPreview({
  catalogue,
  permission,
  preview,
}: AskingPreviewParts): PreviewProvider {
  const whileAllowed = async function* <Item>(
    deviceKey: string,
    signal: AbortSignal,
    open: (signal: AbortSignal) => AsyncIterable<Item>,
  ): AsyncGenerator<Item, void> {
    const device = (await catalogue.list()).find(({ key }) => key === deviceKey);
    if (device === undefined || !(await isAllowed(permission, device, signal))) return;
    const name = permissionOf[device.description.kind];
    const revoked = new AbortController();
    const before = permission.query(name, deviceKey);
    const stopWatching = permission.watch(() => {
      if (before === "granted" && permission.query(name, deviceKey) !== "granted") revoked.abort();
    });
    const { label } = device.description;
    const captureEnded = permission.captureStarted?.({ name, deviceKey, label });
    try {
      yield* open(AbortSignal.any([signal, revoked.signal]));
    } finally {
      captureEnded?.();
      stopWatching();
    }
  };
  return {
    pictures: (key, signal) => whileAllowed(key, signal, (each) => preview.pictures(key, each)),
    levels: (key, signal) => whileAllowed(key, signal, (each) => preview.levels(key, each)),
  };
}

/**
 * False where `signal` aborts before an answer.
 * @throws DOMException `NotAllowedError`
 */
async function isAllowed(
  permission: PermissionBroker,
  { description, key }: Device,
  signal: AbortSignal,
): Promise<boolean> {
  const { kind, label, needsPermission = true } = description;
  if (!needsPermission) return !signal.aborted;
  const device = { key, label };
  const request = { kinds: [{ name: permissionOf[kind], devices: [device] }], signal };
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const decisions = await Promise.race([permission.request(request), aborted]);
  if (decisions === undefined || signal.aborted) return false;
  const [decision] = decisions;
  if (decision?.state === "granted" && (decision.deviceKey ?? key) === key) return true;
  const message = decision?.message ?? `${label} is not allowed to this program`;
  throw new DOMException(message, "NotAllowedError");
}
