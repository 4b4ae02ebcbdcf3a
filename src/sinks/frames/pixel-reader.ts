import type { Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/track/frame-link.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { PackedPixelFormat } from "../../media/encoding.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import { LinkReader } from "../link-reader.ts";
import type { FrameOptions } from "./frame-options.ts";
import { PixelConverter } from "./pixel-converter.ts";

/** The pictures of a video track as a stream of Buffers ({@link FrameBytes}). */
export class PixelReader extends LinkReader {
  readonly #converter: PixelConverter;

  constructor(track: Track, options: FrameOptions, format: PackedPixelFormat) {
    const converter = new PixelConverter(options, format);
    super(new FrameLink(track, options.maxBufferSize ?? 1), 1);
    this.#converter = converter;
  }

  protected override async give(frame: VideoFrame | AudioData): Promise<boolean> {
    try {
      if (!(frame instanceof VideoFrame)) return false;
      const bytes = await this.#converter.convert(frame);
      if (!this.destroyed) this.push(bytes);
      return true;
    } finally {
      frame.close();
    }
  }
}
