import type { AudioMode, DeviceConfiguration, MicrophoneDescription } from "../contract/device.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { AudioContent } from "./content/content.ts";
import { completeAudioMode, type MockAudioMode } from "./mock-mode.ts";
import { VirtualDevice, type DeviceOwner } from "./virtual-device.ts";
import { frameDurationUs } from "./virtual-session.ts";

/**
 * A mock microphone, in the terms of the W3C draft's `MockMicrophoneConfiguration` where it has them.
 * @see https://w3c.github.io/mediacapture-automation/#mock-microphone
 */
export interface MockMicrophoneConfiguration {
  /** Default: `"Virtual microphone N"`. */
  readonly label?: string;
  /** The `deviceId` that scripts see and may ask for. Default: the label. */
  readonly deviceId?: string;
  /** Equal ids make a camera and a microphone one piece of hardware. Default: a group of its own. */
  readonly groupId?: string;
  /** Hz. Default 48,000. */
  readonly defaultSampleRate?: number;
  /** Default 1. */
  readonly channelCount?: number;
  /** Whether echo cancellation can be switched on, so that `exact: true` finds it. Default false. */
  readonly echoCancellation?: boolean;
  /** Default: a tone of 440 Hz. */
  readonly content?: AudioContent;
}

/** A configuration with every default filled in. */
export interface MicrophoneParts {
  readonly label: string;
  readonly hardwareId: string;
  readonly groupId: string;
  readonly mode: MockAudioMode;
  readonly content: AudioContent;
}

/** A microphone of a test: what it hears, how fast, and what happens to it. */
export class VirtualMicrophone extends VirtualDevice<AudioMode, MockAudioMode> {
  readonly kind = "audioinput";
  readonly #parts: MicrophoneParts;
  #content: AudioContent;

  constructor(parts: MicrophoneParts, owner: DeviceOwner) {
    super(parts, [completeAudioMode(parts.mode)], owner);
    this.#parts = parts;
    this.#content = parts.content;
  }

  /** Hears something else from the next block on. */
  play(content: AudioContent): void {
    this.#content = content;
  }

  protected override complete(mode: MockAudioMode): AudioMode {
    return completeAudioMode(mode);
  }

  /** @internal */
  describe(isDefault: boolean): MicrophoneDescription {
    const { hardwareId, groupId, label } = this.#parts;
    const base = { hardwareId, hardwareGroupId: groupId, label, isDefault };
    return { ...base, kind: "audioinput", modes: this.modes };
  }

  /** @internal */
  makeFrame(index: number, timestamp: number, configuration: DeviceConfiguration): AudioData {
    if (configuration.kind !== "audio") throw new TypeError("A microphone has no picture.");
    const { sampleRate, channelCount: numberOfChannels } = configuration.mode;
    // Whole samples whatever the rate: a block ends where the next one begins.
    const samplesPerBlock = (sampleRate * frameDurationUs(configuration)) / 1e6;
    const start = Math.round(index * samplesPerBlock);
    const numberOfFrames = Math.round((index + 1) * samplesPerBlock) - start;
    return this.#content({ index: start, numberOfFrames, numberOfChannels, sampleRate, timestamp });
  }
}
