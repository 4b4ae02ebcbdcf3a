import type { EncoderEvents, FrameEncoder } from "../../contract/encoder.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type {
  AudioEncoderConfig,
  EncodedChunk,
  EncoderConfig,
  VideoEncoderConfig,
} from "../../media/encoding.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** What an encoder makes of a frame. */
type Encode = (frame: VideoFrame | AudioData, isKeyWanted: boolean) => readonly EncodedChunk[];

/**
 * Encodes without native code: each picture as a grey one in VP8, each 20 ms of sound as silence in
 * Opus, at the times and in the size of what was recorded. Players play it.
 */
export class FakeEncoder implements FrameEncoder {
  readonly encodeQueueSize = 0;
  readonly #events: EncoderEvents;
  readonly #encode: Encode;
  #isPaused = false;
  #isKeyWanted = true;

  constructor(config: EncoderConfig, events: EncoderEvents) {
    this.#events = events;
    this.#encode = config.kind === "video" ? greyVp8(config) : silentOpus(config);
  }

  encode(frame: VideoFrame | AudioData): void {
    const chunks = this.#isPaused ? [] : this.#encode(frame, this.#isKeyWanted);
    frame.close();
    if (chunks.length > 0) this.#isKeyWanted = false;
    for (const chunk of chunks) this.#events.chunk(chunk);
  }

  /** Grey and silence are what a disabled track gives, too. */
  setEnabled(): void {}

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#isKeyWanted = true;
  }

  requestKeyFrame(): void {
    this.#isKeyWanted = true;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function greyVp8({ framerate, height, keyFrameIntervalUs, width }: VideoEncoderConfig): Encode {
  const durationUs = 1e6 / framerate;
  let nextUs = -Infinity;
  let nextKeyUs = -Infinity;
  let isFirst = true;
  return ({ timestamp }, isKeyWanted) => {
    // Frames beyond the rate are dropped; a clock that wavers isn't.
    if (timestamp < nextUs - durationUs / 2) return [];
    nextUs = Math.max(nextUs, timestamp) + durationUs;
    const isKey = isKeyWanted || timestamp >= nextKeyUs;
    if (isKey) nextKeyUs = timestamp + keyFrameIntervalUs;
    const chunk: EncodedChunk = {
      type: isKey ? "key" : "delta",
      timestamp,
      duration: Math.round(durationUs),
      data: vp8Frame(width, height, isKey),
      ...(isFirst && { decoderConfig: { codec: "vp8" } }),
    };
    isFirst = false;
    return [chunk];
  };
}

/**
 * A VP8 frame whose every symbol is a zero: each block is predicted from nothing and has no
 * coefficients, which is grey.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6386#section-9.1
 */
function vp8Frame(width: number, height: number, isKey: boolean): Uint8Array {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  // A zero takes at most a few bits: room for the header and modes, then for the coefficients.
  const modeBytes = 128 + blocks * 4;
  const headBytes = isKey ? 10 : 3;
  const bytes = new Uint8Array(headBytes + modeBytes + blocks * 8);
  const view = new DataView(bytes.buffer);
  const tag = (isKey ? 0 : 1) | (1 << 4) | (modeBytes << 5);
  view.setUint16(0, tag & 0xffff, true);
  view.setUint8(2, (tag >> 16) & 0xff);
  if (isKey) {
    bytes.set([0x9d, 0x01, 0x2a], 3);
    view.setUint16(6, width, true);
    view.setUint16(8, height, true);
  }
  return bytes;
}

const OPUS_PACKET_US = 20_000;

function silentOpus({ numberOfChannels }: AudioEncoderConfig): Encode {
  // A packet of 20 ms in the full band, mono or stereo, that codes silence.
  const packet = Uint8Array.of(numberOfChannels === 1 ? 0xf8 : 0xfc, 0xff, 0xfe);
  const description = opusHead(numberOfChannels);
  let isFirst = true;
  /** µs: what was encoded so far ends, and what was given ends. */
  let encodedUs = -Infinity;
  let givenUs = -Infinity;
  return (frame) => {
    const { timestamp, duration } = frame;
    if (Math.abs(timestamp - givenUs) > OPUS_PACKET_US) encodedUs = timestamp;
    givenUs = timestamp + (duration ?? 0);
    const chunks: EncodedChunk[] = [];
    for (; encodedUs + OPUS_PACKET_US <= givenUs; encodedUs += OPUS_PACKET_US) {
      chunks.push({
        type: "key",
        timestamp: Math.round(encodedUs),
        duration: OPUS_PACKET_US,
        data: packet,
        ...(isFirst && { decoderConfig: { codec: "opus", description } }),
      });
      isFirst = false;
    }
    return chunks;
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc7845#section-5.1 */
function opusHead(channels: number): Uint8Array {
  const head = new Uint8Array(19);
  head.set(Array.from("OpusHead", (letter) => letter.charCodeAt(0)));
  const view = new DataView(head.buffer);
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint32(12, 48_000, true);
  return head;
}
