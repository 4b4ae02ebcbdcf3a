/**
 * What a backend is: one folder here, one implementation of {@link Backend}.
 *
 * The engine knows nothing else of a backend, and a backend knows nothing of the engine. A backend
 * whose driver or codec is native code runs in the capture process (`src/capture-process/`), which
 * serves this same contract over a pipe; a pure one may run in the program.
 *
 * @module
 */
import type { OutputDescription, PlaybackConfiguration, PlaybackSession } from "./output.ts";
import type { DeviceSession } from "./session.ts";

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
   * control are absent, the package processes the sound itself (`src/processing/`).
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

/** A camera. */
export interface CameraDescription extends DeviceDescriptionBase {
  readonly kind: "videoinput";
  readonly modes: readonly VideoMode[];
  readonly facingMode?: "user" | "environment" | "left" | "right";
}

/** A screen or a window. */
export interface DisplayDescription extends DeviceDescriptionBase {
  readonly kind: "display";
  readonly modes: readonly VideoMode[];
  readonly displaySurface: "monitor" | "window" | "browser";
  /** Whether the pointer is in the picture. Default true. */
  readonly showsCursor?: boolean;
  /**
   * True where the desktop's own dialog asks what to share, each time that it is opened. What is said
   * of it here is a stand-in then: {@link Backend.choose} tells what was chosen.
   */
  readonly isChosenByDesktop?: boolean;
}

/** A microphone. */
export interface MicrophoneDescription extends DeviceDescriptionBase {
  readonly kind: "audioinput";
  readonly modes: readonly AudioMode[];
}

/** What a sound output plays. */
export interface SystemAudioDescription extends DeviceDescriptionBase {
  readonly kind: "systemaudio";
  readonly modes: readonly AudioMode[];
}

/** A device as its backend lists it. */
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

/** Something that keeps devices of some kinds from being listed: no sound server, no display. */
export interface ListingProblem {
  /** The kinds that may be missing. */
  readonly kinds: readonly DeviceKind[];
  /** What is the matter, in a sentence, and what to do. */
  readonly message: string;
}

/** What the desktop's dialog is to ask for. */
export interface ChoiceOptions {
  /** The surfaces that may be chosen. Default: all that the desktop shares. */
  readonly surfaces?: readonly ("monitor" | "window")[] | undefined;
  /** Of an earlier {@link DesktopChoice}: the same again, without asking where the desktop can. */
  readonly restoreToken?: string | undefined;
  /** Closes the dialog. */
  readonly signal?: AbortSignal | undefined;
}

/** What a person chose in the desktop's dialog: a device that can be opened once. */
export interface DesktopChoice {
  readonly description: DisplayDescription;
  /** For {@link ChoiceOptions.restoreToken}; only where the person said to remember the choice. */
  readonly restoreToken: string | undefined;
  /** Ends what was allowed, where it isn't opened. */
  discard(): Promise<void>;
}

/** An operating system's interface to devices: what lists them, watches them and opens them. */
export interface Backend {
  /** The OS interface that it speaks: `"v4l2"`, `"pulse"`, `"x11"`, `"synthetic"`, `"file"` … */
  readonly name: string;
  /**
   * Lists the devices that are there now, without starting any. A backend that can't work on this
   * machine (no sound server, no display) lists nothing, and {@link problems} say why; it throws only
   * when something that should work is broken.
   */
  listDevices(): Promise<readonly DeviceDescription[]>;
  /** What kept devices out of the last {@link listDevices}. A `NotFoundError` of their kind says it. */
  readonly problems?: readonly ListingProblem[];
  /** Calls `onChange` whenever {@link listDevices} may give another list. Returns what stops it. */
  watchDevices?(onChange: () => void): () => void;
  /**
   * Opens a device, and asks nobody: a backend is the driver's side, below the permission broker, as
   * `/dev/video0` is. A program captures through a world's `mediaDevices`, which ask. Nothing is
   * delivered before {@link DeviceSession.start}.
   * @throws DeviceError
   */
  open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession>;
  /** Lists the sound outputs that are there now. Absent where it has none. Fails as {@link listDevices}. */
  listOutputs?(): Promise<readonly OutputDescription[]>;
  /**
   * Opens an output, and asks nobody. Nothing is heard before {@link PlaybackSession.write}.
   *
   * @param hardwareId - of one output: when that goes away, the session ends. Undefined is the
   *   system's default, which the session follows when it changes.
   * @throws DeviceError
   */
  openOutput?(
    hardwareId: string | undefined,
    configuration: PlaybackConfiguration,
  ): Promise<PlaybackSession>;
  /**
   * Has the desktop's own dialog ask what to share: for a display with
   * {@link DisplayDescription.isChosenByDesktop}.
   * @throws DeviceError `not-allowed` where its user declines
   */
  choose?(hardwareId: string, options: ChoiceOptions): Promise<DesktopChoice>;
  /** Frees what the backend itself holds (a connection, a helper process). */
  close?(): Promise<void>;
}
