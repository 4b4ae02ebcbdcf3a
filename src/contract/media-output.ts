import type { EncodedChunk, EncoderConfig } from "../media/encoding.ts";
import type { DeviceError } from "./device-error.ts";

/** One stream of an output: how it is encoded, and what its decoder must know first. */
export interface OutputStream {
  readonly config: EncoderConfig;
  readonly description?: Uint8Array | undefined;
}

/** Where encoded media goes, in FFmpeg's terms. */
export interface OutputConfig {
  /** FFmpeg's name of the container: `"flv"`, `"mpegts"` … */
  readonly format: string;
  /** As FFmpeg takes it. It may hold secrets. */
  readonly url: string;
  /** Of the container. */
  readonly options: Readonly<Record<string, string>>;
  /** What no message and no log may show. */
  readonly secrets: readonly string[];
  readonly streams: readonly OutputStream[];
}

/** What an output tells. */
export interface OutputEvents {
  /** One more chunk was handed to the network or the disk, in the order of the calls. */
  written(): void;
  /** The far end is gone; nothing more is written. Comes once at most. */
  failed(reason: DeviceError): void;
}

/** A connection to a server, or a folder of files, that takes encoded chunks. */
export interface MediaOutput {
  /** @param timestampUs - since the connection's beginning; `chunk.timestamp` isn't looked at */
  write(stream: number, chunk: EncodedChunk, timestampUs: number): void;
  /** Writes what waits and what the container wants at its end, for some seconds at most. */
  close(): Promise<void>;
  /** Ends it at once: what waits is lost. */
  abandon(): Promise<void>;
}

/**
 * Opens an output.
 * @throws DeviceError `not-allowed` where the server refuses this publisher, `not-found` where its
 *   name is unknown; the signal's reason
 */
export type OpenOutput = (
  config: OutputConfig,
  events: OutputEvents,
  signal: AbortSignal,
) => Promise<MediaOutput>;
