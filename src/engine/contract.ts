/**
 * The engine's surface: what `web/` and `sinks/` use of it. Implementations stand beside this file.
 *
 * Frames: who receives one owns it and closes it. To keep a frame and pass it on, `clone()` it
 * (a clone shares the pixels).
 *
 * @module
 */
import type { CodecService, EncoderEvents, EncoderSession } from "../contract/encoder.ts";
import type {
  ChoiceOptions,
  DesktopChoice,
  DeviceDescription,
  ListingProblem,
} from "../contract/device.ts";
import type {
  OutputDescription,
  PlaybackConfiguration,
  PlaybackSession,
} from "../contract/output.ts";
import type { DeviceError } from "../contract/device-error.ts";
import type { MediaTrackSettings } from "../constraints/types.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { BesideConfig, EncoderConfig } from "../media/encoding.ts";
import type { VideoFrame } from "../media/video-frame.ts";

export type MediaKind = "audio" | "video";

/** A device as the engine knows it: its description and where it comes from. */
export interface Device {
  readonly backendName: string;
  readonly description: DeviceDescription;
  /** `${backendName}:${hardwareId}`: unique in this world. */
  readonly key: string;
}

/** A sound output as the engine knows it. */
export interface OutputDevice {
  readonly backendName: string;
  readonly description: OutputDescription;
  /** `${backendName}:${hardwareId}`: unique among this world's outputs. */
  readonly key: string;
}

/** The devices of all backends. */
export interface DeviceCatalogue {
  /** Microphones, cameras, displays; the default first within its kind, then as the backend lists them. */
  list(): Promise<readonly Device[]>;
  /** The list as it was last given, if it was. */
  readonly known?: readonly Device[] | undefined;
  /** Sound outputs, the default first. Absent where there are none. */
  listOutputs?(): Promise<readonly OutputDevice[]>;
  /** The outputs as they were last listed, with {@link known}. */
  readonly knownOutputs?: readonly OutputDevice[] | undefined;
  /** What kept devices out of the last {@link list}. */
  readonly problems?: readonly ListingProblem[];
  /** Calls `listener` when either list has changed, coalesced. Returns what stops it. */
  watch(listener: () => void): () => void;
}

/** Gives open devices: one source for one device, however many tracks use it. */
export interface SourcePool {
  /**
   * A track on the device, running in a mode that serves `settings` and every track already there.
   * The returned track is live and not yet connected to any sink.
   * @throws DeviceError
   */
  openTrack(device: Device, settings: MediaTrackSettings): Promise<Track>;
  /**
   * Has the desktop's dialog ask what of a display is to be shared: for one that it chooses.
   * @throws DeviceError `not-allowed` where its user declines
   */
  choose?(device: Device, options: ChoiceOptions): Promise<ChosenDevice>;
  /** Stops every source. */
  close(): Promise<void>;
}

/** What was chosen in the desktop's dialog. */
export interface ChosenDevice extends Omit<DesktopChoice, "description"> {
  readonly device: Device;
}

/** Opens sound outputs. */
export interface OutputPool {
  /**
   * @param output - absent: the system's default, whichever that is at the time
   * @throws DeviceError
   */
  openOutput(
    output: OutputDevice | undefined,
    configuration: PlaybackConfiguration,
  ): Promise<PlaybackSession>;
}

/** The samples of a sound: interleaved, in this machine's byte order. */
export type SoundShape = Pick<PlaybackConfiguration, "sampleRate" | "channelCount" | "format">;

/** What takes a sound before its time. */
export interface AheadListener {
  /** This is to be played after all that came before. Takes the data over. */
  sound(data: AudioData): void;
  /** What came before and isn't played yet is void: what is to be played now is `waiting()`. */
  restarted(): void;
}

/** The sound of a source that has it before its time: an output takes it from here. */
export interface AheadSound {
  readonly shape: SoundShape;
  /** Tells of all sound from now on. Returns what ends that. */
  listen(listener: AheadListener): () => void;
  /** What isn't played yet, in its order; the receiver closes it. */
  waiting(): readonly AudioData[];
}

/**
 * Where media comes from. A device's source reads a session of a backend; others (a canvas, a
 * generator, an audio graph) are pushed into.
 *
 * @see https://w3c.github.io/mediacapture-main/#the-model-sources-sinks-constraints-and-settings
 */
export interface Source {
  readonly kind: MediaKind;
  readonly label: string;
  /** Absent for sources that are no device. */
  readonly device: Device | undefined;
  readonly muted: boolean;
  /** Absent for sources whose sound is there no sooner than a track gives it. */
  readonly ahead?: AheadSound | undefined;
}

/** What takes a track's frames. */
export interface TrackSink {
  /** Takes the frame over. False says that it, or an older one for it, was dropped: too many wait. */
  frame(frame: VideoFrame | AudioData): boolean | void;
  /** That many frames were lost before they came to the track. */
  lost?(count: number): void;
  /** The track has ended, by `stop()` or with its source; no frame follows. */
  ended?(by: "stop" | "source"): void;
}

export interface TrackEvents {
  mute: () => void;
  unmute: () => void;
  /** Not for `stop()`. The reason is absent where the source just came to its end. */
  ended: (reason: DeviceError | undefined) => void;
  /** The settings changed by themselves (another mode, a window resized). */
  settings: () => void;
}

/** Counts of pictures, or of sound's samples in a channel. */
export interface FrameCounts {
  /** Given to sinks, encoded beside the capture, or there to be had where nobody takes them. */
  readonly delivered: number;
  /** Left out for the track's lower frame rate. */
  readonly discarded: number;
  /** Lost by the driver, on their way into the program, or since every sink was too slow. */
  readonly dropped: number;
  /** Length of the sound that was delivered. */
  readonly deliveredUs: number;
  /** Length of all sound. */
  readonly totalUs: number;
  /** From a sound to its delivery. */
  readonly latency: {
    readonly latestUs: number;
    readonly averageUs: number;
    readonly minimumUs: number;
    readonly maximumUs: number;
    /** Average, minimum and maximum begin anew with the latest. */
    reset(): void;
  };
}

/**
 * Makes an encoder's configuration from what the frames are like: a track's settings, and where they
 * don't say it, the size of the first picture or the rate and channels of the first sound.
 */
export type EncoderConfigOf = (settings: MediaTrackSettings) => EncoderConfig;

/**
 * One consumer's view of a source: enabled or black, cropped and scaled, decimated.
 * Events are delivered synchronously; the web layer queues tasks where the spec says so.
 */
export interface Track {
  readonly source: Source;
  readonly kind: MediaKind;
  readonly readyState: "live" | "ended";
  readonly muted: boolean;
  /** False: black frames or silence in place of what is captured. */
  enabled: boolean;
  readonly settings: MediaTrackSettings;
  /** What became of the source's frames since the track began, those of disabled times left out. */
  readonly counts: FrameCounts;
  /** Has frames counted, from now on, that no sink and no encoder takes. */
  observeCounts(): void;
  /** Counts what was captured up to now, where the event loop needn't turn for that. */
  updateCounts(): void;
  /** @throws DeviceError when the source can't be reconfigured; the old settings stay. */
  applySettings(settings: MediaTrackSettings): Promise<void>;
  /** Delivers frames to `sink` from now on. Returns what disconnects it. */
  connect(sink: TrackSink): () => void;
  /**
   * Encodes this track, beside its capture where that is possible and else with the codec service,
   * and follows `enabled`, `muted` (black, silence) and the track's crop-and-scale.
   *
   * Where the frames' shape isn't known before the first frame, the configuration is made, and the
   * encoder opened, when that frame comes; `events.error` then reports an encoder that can't open.
   *
   * @throws DeviceError
   */
  openEncoder(
    config: BesideConfig | EncoderConfigOf,
    events: EncoderEvents,
  ): Promise<EncoderSession>;
  /** Whether `openEncoder` can be asked for pixels now: they are converted beside the capture. */
  readonly convertsPixels: boolean;
  /** A new live track on the same source (ended, if this one is). */
  clone(): Track;
  /** Ends this track; the source stops after its last one. Fires nothing. */
  stop(): void;
  /** Nobody holds this track any more: it ends as soon as it has no sink and no encoder. */
  release(): void;
  on<Name extends keyof TrackEvents>(name: Name, listener: TrackEvents[Name]): () => void;
}

/** A source that the program itself fills. */
export interface PushSource extends Source {
  push(frame: VideoFrame | AudioData): void;
  setMuted(muted: boolean): void;
  end(reason?: DeviceError): void;
  openTrack(settings: MediaTrackSettings): Track;
}

/** Time, replaceable so that tests and recordings of virtual time need not wait. */
export interface Clock {
  /** µs on the monotonic clock of `process.hrtime`. */
  nowUs(): number;
  /** Milliseconds since the epoch. */
  wallMs(): number;
  /** Calls `callback` once, `delayMs` later. Returns what cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void;
}

/** What the engine is built from. */
export interface EngineOptions {
  readonly clock: Clock;
  readonly codecs: CodecService | undefined;
}
