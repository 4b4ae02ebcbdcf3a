/**
 * What a backend is: one folder here, one implementation of {@link Backend}.
 *
 * The engine knows nothing else of a backend, and a backend knows nothing of the engine. A backend
 * whose driver or codec is native code runs in the capture process (`src/capture-process/`), which
 * serves this same contract over a pipe; a pure one may run in the program.
 *
 * @module
 */
import type { AudioData } from "../media/audio-data.ts";
import type { EncodedChunk, EncoderConfig } from "../media/encoding.ts";
import type { SoundProcessing } from "../media/sound-processing.ts";
import type { VideoFrame } from "../media/video-frame.ts";

/** `"systemaudio"` is what an output plays: captured beside a display, never as a microphone. */
export type DeviceKind = "videoinput" | "audioinput" | "display" | "systemaudio";

/** A native mode of a camera or display. */
export interface VideoMode {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Frames per second, the highest that this mode has. */
  readonly frameRate: number;
  /** What the driver delivers: `"I420"`, `"NV12"`, `"YUYV"`, `"MJPEG"`, `"H264"` … */
  readonly pixelFormat: string;
}

/** A native mode of a microphone. */
export interface AudioMode {
  /** Hz */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** bits per sample */
  readonly sampleSize: number;
  /** Seconds from sound to sample that this mode can be asked for. */
  readonly latency: { readonly min: number; readonly max: number };
  /**
   * What the device or the sound server itself can switch on. Where noise suppression and gain
   * control are absent, they are had by processing its sound (`src/processing/`).
   */
  readonly echoCancellation?: readonly boolean[];
  readonly autoGainControl?: readonly boolean[];
  readonly noiseSuppression?: readonly boolean[];
}

interface DeviceDescriptionBase {
  /** Unique in its backend; the same across runs and replugging where the hardware allows it. */
  readonly hardwareId: string;
  /** Equal for devices that are one piece of hardware (a webcam and its microphone). */
  readonly hardwareGroupId: string;
  /** What a person calls it. */
  readonly label: string;
  /** The system's default of its kind. */
  readonly isDefault: boolean;
  /** False for devices that show no person and no place (synthetic ones). Default true. */
  readonly needsPermission?: boolean;
}

export interface CameraDescription extends DeviceDescriptionBase {
  readonly kind: "videoinput";
  readonly modes: readonly VideoMode[];
  readonly facingMode?: "user" | "environment" | "left" | "right";
}

export interface DisplayDescription extends DeviceDescriptionBase {
  readonly kind: "display";
  readonly modes: readonly VideoMode[];
  readonly displaySurface: "monitor" | "window" | "browser";
}

export interface MicrophoneDescription extends DeviceDescriptionBase {
  readonly kind: "audioinput";
  readonly modes: readonly AudioMode[];
}

export interface SystemAudioDescription extends DeviceDescriptionBase {
  readonly kind: "systemaudio";
  readonly modes: readonly AudioMode[];
}

export type DeviceDescription =
  | CameraDescription
  | DisplayDescription
  | MicrophoneDescription
  | SystemAudioDescription;

/** True for what gives sound; everything else gives pictures. */
export function isSound(
  description: DeviceDescription,
): description is MicrophoneDescription | SystemAudioDescription {
  return description.kind === "audioinput" || description.kind === "systemaudio";
}

/** How to run a device; `kind` says which of the two it is. */
export type DeviceConfiguration =
  | { readonly kind: "video"; readonly mode: VideoMode }
  | {
      readonly kind: "audio";
      readonly mode: AudioMode;
      /** Wanted latency in seconds; the backend takes the nearest it can. */
      readonly latency?: number;
      readonly echoCancellation?: boolean;
      readonly autoGainControl?: boolean;
      readonly noiseSuppression?: boolean;
    };

export interface Backend {
  /** The OS interface that it speaks: `"v4l2"`, `"pulse"`, `"x11"`, `"synthetic"`, `"file"` … */
  readonly name: string;
  /**
   * Lists the devices that are there now, without starting any. A backend that can't work on this
   * machine (no sound server, no display) lists nothing; it throws only when something that should
   * work is broken.
   */
  listDevices(): Promise<readonly DeviceDescription[]>;
  /** Calls `onChange` whenever {@link listDevices} may give another list. Returns what stops it. */
  watchDevices?(onChange: () => void): () => void;
  /**
   * Opens a device. Nothing is delivered before {@link DeviceSession.start}.
   * @throws DeviceError
   */
  open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession>;
  /** Frees what the backend itself holds (a connection, a helper process). */
  close?(): Promise<void>;
}

/** What an open device tells the engine. Calls come in order, none after `ended`. */
export interface DeviceEvents {
  /**
   * A frame, owned by the receiver from here on: it must close it. Timestamps are µs on the
   * monotonic clock (`process.hrtime`), the moment of capture as near as the driver knows it.
   */
  frame(frame: VideoFrame | AudioData): void;
  /** The device gives no data for now (true), or gives data again (false). */
  muted(muted: boolean): void;
  /** It is gone for good: unplugged, broken, end of file. The session is closed already. */
  ended(reason: DeviceError): void;
}

/** An open device. */
export interface DeviceSession {
  /** What it really runs in, which may differ from what was asked. */
  readonly configuration: DeviceConfiguration;
  /** Begins to tell; a device that went away since it was opened is told at once. */
  start(events: DeviceEvents): void;
  /** Frames cross to the engine only while wanted; encoders opened here run regardless. */
  wantFrames(wanted: boolean): void;
  /**
   * Tells at once of the frames that are due by the clock: for a program that looks at counts
   * without letting the event loop turn. Absent where frames come from outside.
   */
  catchUp?(): void;
  /** Changes the running mode. The session stays usable as it was when this rejects. */
  reconfigure(configuration: DeviceConfiguration): Promise<void>;
  /** Encodes beside the capture, so that raw frames needn't travel. Absent where it can't. */
  openEncoder?(config: EncoderConfig, events: EncoderEvents): Promise<EncoderSession>;
  /** Releases the device. Idempotent; resolves when another program could open it. */
  close(): Promise<void>;
}

export interface EncoderEvents {
  chunk(chunk: EncodedChunk): void;
  /** The encoder is gone; no chunk follows. */
  error(reason: DeviceError): void;
  /**
   * A track's encoder only: the track has ended, by `stop()` or otherwise, and all of it has come
   * out as chunks. No chunk follows.
   */
  ended?(): void;
}

/** An encoder at work on one track's view of a source. */
export interface EncoderSession {
  /** False encodes black or silence in place of what is captured. */
  setEnabled(enabled: boolean): void;
  /** While paused nothing is encoded; the first picture after it is a key frame. */
  setPaused(paused: boolean): void;
  /** Changes what is done to the sound first. Absent where it comes processed. */
  setProcessing?(processing: SoundProcessing | undefined): void;
  requestKeyFrame(): void;
  /** Resolves when every frame up to now has come out as a chunk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Something that encodes frames handed to it (a capture process without a device). */
export interface FrameEncoder extends EncoderSession {
  /** Takes ownership of the frame. */
  encode(frame: VideoFrame | AudioData): void;
  /** Frames taken but not yet encoded. */
  readonly encodeQueueSize: number;
}

/** Opens encoders for frames that are in the program already. */
export interface CodecService {
  /** True when an encoder for this configuration exists on this machine. */
  isSupported(config: EncoderConfig): boolean;
  openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoder>;
}

/** A media file that is read at the reader's pace. */
export interface MediaFile {
  /** µs; 0 where nothing in the file tells */
  readonly durationUs: number;
  /** Absent where it has no pictures. */
  readonly video?: VideoMode | undefined;
  /** Absent where it has no sound. */
  readonly audio?: AudioMode | undefined;
  /**
   * Gives the next frames of a track, the receiver's to close: as many as asked for, fewer only at
   * the track's end. Their timestamps are µs since the file's start.
   * @throws DeviceError
   */
  read(media: "video" | "audio", count: number): Promise<readonly (VideoFrame | AudioData)[]>;
  /**
   * Reads on with the picture that is shown, and the sound that is heard, at this moment.
   * @throws DeviceError
   */
  seek(positionUs: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens media files to be read. */
export interface FileService {
  /** False where the library that reads them isn't installed. */
  isSupported(): boolean;
  /**
   * @param file - its path, or its bytes
   * @throws DeviceError
   */
  open(file: string | Uint8Array): Promise<MediaFile>;
}

/**
 * Why a device can't be had, in terms of what the caller can do:
 * `busy` another program has it · `not-found` it is gone · `not-allowed` the system refuses ·
 * `missing-dependency` the library that opens it isn't installed · `failed` anything else.
 */
export type DeviceErrorCode =
  | "busy"
  | "not-found"
  | "not-allowed"
  | "missing-dependency"
  | "failed";

/** A failure of a device, with a message that says what to do next. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly code: DeviceErrorCode;

  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
