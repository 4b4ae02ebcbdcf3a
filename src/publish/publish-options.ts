import type { Bitrates } from "../sinks/recorder/bitrates.ts";

/** How a stream is published. */
export interface PublishOptions {
  /**
   * What the server knows this publisher by: the stream key of RTMP, the stream id of SRT. It may
   * stand in the address as well. It is in no log and no message.
   */
  readonly token?: string | undefined;
  /** Bits per second. Default: 1,500,000. */
  readonly videoBitsPerSecond?: number | undefined;
  /** Bits per second. Default: 96,000. */
  readonly audioBitsPerSecond?: number | undefined;
  /**
   * How often in a row a lost connection is tried again: after 0.5 s, 1 s, 2 s and so on up to 30 s.
   * The devices go on meanwhile. Default: 0, the publication fails. `Infinity`: as long as a track
   * lives.
   */
  readonly reconnectAttempts?: number | undefined;
  /** Gives up connecting, and closes the publication later. */
  readonly signal?: AbortSignal | undefined;
}

const LOWEST_BITRATE = 6_000;

/** @throws TypeError for what can't be meant */
export function checkPublishOptions(options: PublishOptions): Bitrates {
  const { reconnectAttempts = 0, token } = options;
  if (token !== undefined && (typeof token !== "string" || token === "")) {
    throw new TypeError("token is no text, or an empty one: leave it out where there is none.");
  }
  const isCount = Number.isInteger(reconnectAttempts) || reconnectAttempts === Infinity;
  if (!isCount || reconnectAttempts < 0) {
    throw new TypeError(`reconnectAttempts is ${reconnectAttempts}; give 0, 1, 2 … or Infinity.`);
  }
  return {
    videoBitsPerSecond: bitrate("videoBitsPerSecond", options.videoBitsPerSecond ?? 1_500_000),
    audioBitsPerSecond: bitrate("audioBitsPerSecond", options.audioBitsPerSecond ?? 96_000),
  };
}

function bitrate(name: string, value: number): number {
  if (Number.isInteger(value) && value >= LOWEST_BITRATE) return value;
  throw new TypeError(
    `${name} is ${String(value)}; give a whole number of bits per second, from ${LOWEST_BITRATE}.`,
  );
}
