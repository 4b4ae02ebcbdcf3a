import { CaptureSession } from "../../capture-process/program/capture-session.ts";
import type { ListedAudioMode } from "../../capture-process/child/list-devices.ts";
import {
  createHelperProcess,
  type LeasedProcess,
} from "../../capture-process/program/leased-process.ts";
import { isNativeInstalled, missingNative } from "../../capture-process/native-package.ts";
import { DeviceError } from "../../contract/device-error.ts";
import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
  type ListingProblem,
} from "../../contract/device.ts";
import { type DeviceSession } from "../../contract/session.ts";
import { alsaModes, inputOfPcm } from "./alsa-modes.ts";
import { listCapturePcms } from "./sound-cards.ts";

export interface AlsaBackendOptions {
  /** False while a sound server holds the cards; then nothing is listed. Default: always true. */
  readonly isNeeded?: () => Promise<boolean>;
  /** Asked for the modes. Default: one of its own. */
  readonly helper?: LeasedProcess;
}

/** Microphones of the kernel's sound cards, for machines without a sound server. */
export function createAlsaBackend(options: AlsaBackendOptions = {}): Backend {
  return new AlsaBackend(options);
}

class AlsaBackend implements Backend {
  readonly name = "alsa";
  readonly #isNeeded: () => Promise<boolean>;
  readonly #helper: LeasedProcess;
  readonly #modes = new Map<string, Promise<readonly ListedAudioMode[]>>();

  constructor(options: AlsaBackendOptions) {
    this.#isNeeded = options.isNeeded ?? (() => Promise.resolve(true));
    this.#helper = options.helper ?? createHelperProcess();
  }

  get problems(): readonly ListingProblem[] {
    if (isNativeInstalled()) return [];
    return [{ kinds: ["audioinput"], message: missingNative().message }];
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    if (!isNativeInstalled()) return [];
    const pcms = await listCapturePcms();
    if (pcms.length === 0 || !(await this.#isNeeded())) return [];
    return await Promise.all(
      pcms.map(async ({ name, label, hardwareGroupId }, index) => ({
        kind: "audioinput" as const,
        hardwareId: name,
        hardwareGroupId,
        label,
        isDefault: index === 0,
        modes: alsaModes(await this.#modesOf(name)),
      })),
    );
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const pcms = await listCapturePcms();
    if (configuration.kind !== "audio" || !pcms.some(({ name }) => name === hardwareId)) {
      throw new DeviceError(
        "not-found",
        "The microphone is not there: plug it in, then try again.",
      );
    }
    const inputOf = (wanted: DeviceConfiguration) => inputOfPcm(hardwareId, wanted);
    return await CaptureSession.open(configuration, { inputOf });
  }

  async close(): Promise<void> {
    await this.#helper.close();
  }

  async #modesOf(device: string): Promise<readonly ListedAudioMode[]> {
    const known = this.#modes.get(device);
    if (known !== undefined) return await known;
    const asking = this.#helper.ask({ type: "audioModes", device });
    const modes = asking.then((listed) => listed as readonly ListedAudioMode[]);
    this.#modes.set(device, modes);
    // One that is in use says nothing of itself; it is asked again the next time.
    const answered = await modes.catch(() => []);
    if (answered.length === 0) this.#modes.delete(device);
    return answered;
  }
}
