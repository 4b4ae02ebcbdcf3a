import type { DeviceError } from "./device-error.ts";

/** A sound output as its backend lists it: speakers, headphones, a socket for them. */
export interface OutputDescription {
  readonly kind: "audiooutput";
  /** Unique among its backend's outputs; the same across runs and replugging where possible. */
  readonly hardwareId: string;
  /** Equal for devices that are one piece of hardware: a headset and its microphone. */
  readonly hardwareGroupId: string;
  /** What a person calls it. */
  readonly label: string;
  /** The system's default, which plays what is played nowhere in particular. */
  readonly isDefault: boolean;
}

/** The sound that a playback session takes. The output, or its server, converts it. */
export interface PlaybackConfiguration {
  /** Hz */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Samples are interleaved, in this machine's byte order. */
  readonly format: "s16" | "f32";
  /**
   * Seconds of sound that the output holds ahead of what is heard, once so much was written. It is
   * how long the program may be busy without a gap, and how late sound is that comes as it is made.
   */
  readonly lead: number;
}

/** What an open output reports. None follows `ended`. */
export interface PlaybackEvents {
  /** The output takes that many more frames now; what is written beyond them waits here. */
  wanted?(frames: number): void;
  /** The output had nothing to play: there was silence. */
  underflow?(): void;
  /** It is gone for good: unplugged, taken away. The session is closed already. */
  ended(reason: DeviceError): void;
}

/** An open sound output, to which one program writes one sound. */
export interface PlaybackSession {
  readonly configuration: PlaybackConfiguration;
  /** Begins to report; an output that went away since it was opened is reported at once. */
  start(events: PlaybackEvents): void;
  /** Frames that were written and that the output hasn't taken yet. */
  readonly waiting: number;
  /** Plays this after all that was written before. The bytes are the session's from here on. */
  write(samples: Uint8Array): void;
  /** Drops all that was written and isn't heard yet. What is written next is heard at once. */
  clear(): void;
  /** Stands still, keeping what was written, or goes on. */
  setPaused(paused: boolean): void;
  /** Resolves when all that was written is heard, was cleared, or never will be. */
  drained(): Promise<void>;
  /** Idempotent. What isn't heard yet is dropped. */
  close(): Promise<void>;
}
