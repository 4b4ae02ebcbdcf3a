import type { ChoiceOptions } from "../../contract/device.ts";
import type { ChosenDevice } from "../../engine/contract.ts";
import { domExceptionOf } from "../realm/dom-exception-of.ts";
import { rankDevices } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import { isChosenByDesktop, type PermittedSet } from "./request-permission.ts";

interface Choice {
  /** The displays that may be opened. */
  readonly set: PermittedSet;
  /** Ends what was allowed where it isn't opened. */
  readonly discard: () => Promise<void>;
}

/**
 * Has the desktop ask its user which screen or window it is, where the desktop is who asks. What was
 * chosen takes the place of the device that stood for it.
 *
 * @throws DOMException `NotAllowedError` of the realm where its user declines
 * @see https://w3c.github.io/mediacapture-screen-share/#dom-mediadevices-getdisplaymedia
 */
export async function chooseByDesktop(
  slots: MediaDevicesSlots,
  permitted: PermittedSet,
  options: Pick<ChoiceOptions, "signal" | "surfaces">,
): Promise<Choice> {
  const { permission, realm, sources } = slots;
  const owner = permitted.devices[0]?.owner;
  if (owner === undefined || !isChosenByDesktop(owner.description)) {
    return { set: permitted, discard: () => Promise.resolve() };
  }
  const restoreToken = permission.restoreToken?.("display-capture");
  let choice: ChosenDevice | undefined;
  try {
    choice = await sources.choose?.(owner, { ...options, restoreToken });
  } catch (error) {
    throw domExceptionOf(realm, error);
  }
  if (choice === undefined) return { set: permitted, discard: () => Promise.resolve() };
  const { device, discard } = choice;
  // The desktop gives another token each time, and takes each once.
  await permission
    .keepRestoreToken?.("display-capture", owner.key, choice.restoreToken)
    .catch((error: unknown) =>
      process.emitWarning(`The choice isn't remembered: ${String(error)}`),
    );
  const set = rankDevices(slots, [device], permitted);
  return { set: { ...set, consent: permitted.consent.toPartsOf(owner, [device]) }, discard };
}
