import type { EncoderSession } from "../../contract/encoder.ts";
import type { DeviceError } from "../../contract/device-error.ts";
import type { OutputStream } from "../../contract/media-output.ts";
import type { Track } from "../../engine/contract.ts";
import type { EncodedChunk, EncoderConfig } from "../../media/encoding.ts";
import type { Bitrates } from "../recorder/bitrates.ts";
import {
  audioEncoderConfiguration,
  videoEncoderConfiguration,
} from "../recorder/encoder-configuration.ts";
import { KEY_FRAME_INTERVAL_MS } from "./destination.ts";

export interface PublishedTrackEvents {
  chunk(track: PublishedTrack, chunk: EncodedChunk): void;
  /** It can be described to a server from now on. */
  described(): void;
  ended(track: PublishedTrack): void;
  failed(reason: DeviceError): void;
}

/** A track and its encoder, which runs on while connections come and go. */
export class PublishedTrack {
  readonly track: Track;
  readonly config: EncoderConfig;
  readonly #events: PublishedTrackEvents;
  readonly #encoder: Promise<EncoderSession>;
  readonly #removeListener: () => void;
  #session: EncoderSession | undefined;
  #stream: OutputStream | undefined;
  #isOver = false;
  #isKeyFrameAsked = false;
  /** Nothing can be decoded until the next key frame. */
  #needsKeyFrame = false;
  framesEncoded = 0;
  framesSent = 0;
  framesDropped = 0;
  bytesSent = 0;

  constructor(track: Track, bitrates: Bitrates, events: PublishedTrackEvents) {
    this.track = track;
    this.#events = events;
    this.config = configurationOf(track, bitrates);
    this.#removeListener = track.on("ended", () => this.#end());
    this.#encoder = this.#open();
    this.#encoder.catch(() => undefined);
  }

  /** @throws DeviceError where there is no encoder */
  async opened(): Promise<void> {
    await this.#encoder;
  }

  /** How it is described to a server; undefined before its first chunk. */
  get stream(): OutputStream | undefined {
    return this.#stream;
  }

  /** A connection has begun, or something was left out. */
  beginAnew(): void {
    if (this.config.kind !== "video") return;
    this.#needsKeyFrame = true;
    this.#isKeyFrameAsked = false;
  }

  /** Whether a decoder can go on with this chunk; if not, a key frame is asked for. */
  isDecodable(chunk: EncodedChunk): boolean {
    if (!this.#needsKeyFrame) return true;
    if (chunk.type === "key") {
      this.#needsKeyFrame = false;
      return true;
    }
    if (!this.#isKeyFrameAsked) this.#session?.requestKeyFrame();
    this.#isKeyFrameAsked = true;
    return false;
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#removeListener();
    const encoder = await this.#encoder.catch(() => undefined);
    await encoder?.close().catch(() => undefined);
  }

  async #open(): Promise<EncoderSession> {
    this.#session = await this.track.openEncoder(this.config, {
      chunk: (chunk) => this.#receive(chunk),
      leftOut: ({ lost }) => {
        this.framesDropped += lost;
      },
      // A capture process that is gone ends the track too.
      error: (reason) => queueMicrotask(() => this.#fail(reason)),
      ended: () => this.#end(),
    });
    return this.#session;
  }

  #receive(chunk: EncodedChunk): void {
    if (this.#isOver) return;
    this.framesEncoded += 1;
    const isFirst = this.#stream === undefined;
    this.#stream ??= { config: this.config, description: chunk.decoderConfig?.description };
    if (isFirst) this.#events.described();
    this.#events.chunk(this, chunk);
  }

  #fail(reason: DeviceError): void {
    if (this.track.readyState === "ended") this.#end();
    else if (!this.#isOver) this.#events.failed(reason);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.ended(this);
  }
}

function configurationOf(track: Track, bitrates: Bitrates): EncoderConfig {
  if (track.kind === "audio") {
    const wishes = { bitsPerSecond: bitrates.audioBitsPerSecond, bitrateMode: "variable" } as const;
    return audioEncoderConfiguration(
      { codec: "aac", codecString: "mp4a.40.2" },
      track.settings,
      wishes,
    );
  }
  return videoEncoderConfiguration({ codec: "avc", codecString: "avc1" }, track.settings, {
    bitsPerSecond: bitrates.videoBitsPerSecond,
    bitrateMode: "variable",
    keyFrameIntervalMs: KEY_FRAME_INTERVAL_MS,
  });
}
