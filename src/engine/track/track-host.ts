import type { EncoderEvents, EncoderSession } from "../../contract/encoder.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { BesideConfig } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import type { EngineOptions, Source } from "../contract.ts";
import type { SourceTrack } from "./source-track.ts";

/** What a track needs of its source. */
export interface TrackHost extends Source, EngineOptions {
  /** Frames per second that the source runs at, where it has a rate. */
  readonly frameRate: number | undefined;
  attach(track: SourceTrack): void;
  /** The track has stopped. `drained` resolves when its encoders have come to their end. */
  detach(track: SourceTrack, drained: Promise<void>): void;
  /** A track began or ceased to need frames. */
  demandChanged(): void;
  /** A track was enabled or disabled. */
  useChanged(): void;
  /** Delivers what is due by the clock alone, where nobody but counters would see it. */
  catchUp(): void;
  /** Takes notice of what changed by itself and nobody tells of: the size of a canvas. */
  noticeChanges?(): void;
  /** What a track that wants `settings` really gets from the source as it runs now. */
  fit(settings: MediaTrackSettings): MediaTrackSettings;
  /** What is done to the sound for a track of these settings. */
  processingOf(settings: MediaTrackSettings): SoundProcessing | undefined;
  /**
   * Runs the source so that it serves these settings of the track too, and has it accept them.
   * @throws DeviceError
   */
  serve(track: SourceTrack, settings: MediaTrackSettings): Promise<void>;
  /** Whether {@link openEncoder} takes pixels now. */
  readonly convertsPixels: boolean;
  /** Nothing where the source can't encode by itself. */
  openEncoder(config: BesideConfig, events: EncoderEvents): Promise<HostedEncoder> | undefined;
}

/** An encoder of a source's own. */
export interface HostedEncoder {
  readonly session: EncoderSession;
  /** To be called once the session is closed. */
  closed(): void;
}
