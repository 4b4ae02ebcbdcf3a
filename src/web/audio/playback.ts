import type { FileService } from "../../contract/media-file.ts";
import type { OutputDevice, OutputPool } from "../../engine/contract.ts";
import { exposedOutputs } from "../media-devices/device-exposure.ts";
import { listDevices } from "../media-devices/enumerate-devices.ts";
import type { MediaDevicesSlots } from "../media-devices/media-devices-slots.ts";

/** What sound is played with. */
export interface Playback {
  readonly outputs: OutputPool;
  /** Opens files and what they hold. */
  readonly files: FileService;
  /** Whose outputs scripts know. */
  readonly mediaDevices: MediaDevicesSlots;
}

/**
 * The output that scripts know by this id.
 * @throws DOMException `NotFoundError` of the realm
 */
export async function findOutput(
  { mediaDevices }: Playback,
  sinkId: string,
): Promise<OutputDevice | undefined> {
  if (sinkId === "") return undefined;
  const { ids, realm } = mediaDevices;
  const outputs = exposedOutputs(mediaDevices, await listDevices(mediaDevices));
  const output = outputs.find((each) => ids.deviceId(each) === sinkId);
  if (output !== undefined) return output;
  throw new realm.DOMException(
    `No sound output that this program may use has the id "${sinkId}": take a deviceId of kind ` +
      '"audiooutput" from enumerateDevices(), which lists them once the microphone is permitted.',
    "NotFoundError",
  );
}
