import { DeviceError } from "../../contract/device-error.ts";
import type { Channel } from "../wire/channel.ts";
import { durationOf } from "./duration-of.ts";
import { FileDecoder } from "./file-decoder.ts";
import { FileTrackReader } from "./file-track-reader.ts";
import { FrameSender } from "./frame-sender.ts";
import type { Native } from "./native.ts";
import type { FileProbe } from "./probe-file.ts";

/**
 * What pages may have played. FFmpeg knows others that name further files to be opened (playlists),
 * and a page must not have those read.
 */
const FORMATS = ["matroska", "webm", "mov", "mp4", "ogg", "mp3", "wav", "flac", "aac"];

/** What is in a file that was opened to be read. */
export interface FileContents extends FileProbe {
  /** µs */
  readonly durationUs: number;
}

type Tracks = Readonly<Record<"video" | "audio", FileTrackReader | undefined>>;

/** A file whose frames are sent as the program asks for them. */
export class FileReader {
  readonly contents: FileContents;
  readonly #tracks: Tracks;

  private constructor(contents: FileContents, tracks: Tracks) {
    this.contents = contents;
    this.#tracks = tracks;
  }

  /**
   * @param number what the program calls it
   * @throws DeviceError
   */
  static async open(
    native: Native,
    path: string,
    channel: Channel,
    number: number,
  ): Promise<FileReader> {
    const video = await FileDecoder.open(native, path, "video", FORMATS);
    const audio = await FileDecoder.open(native, path, "audio", FORMATS).catch((error: unknown) => {
      // Sound that nothing decodes is left out, if there is a picture.
      if (video === undefined) throw error;
      return undefined;
    });
    const first = video ?? audio;
    if (first === undefined) throw new DeviceError("failed", `${path} has no picture or sound.`);
    const readerOf = (decoder: FileDecoder | undefined) =>
      decoder && new FileTrackReader(decoder, new FrameSender(native, channel, number, true));
    const contents = {
      durationUs: first.durationUs || (await durationOf(native, path, FORMATS)),
      ...(video?.configuration.kind === "video" && { video: video.configuration.mode }),
      ...(audio?.configuration.kind === "audio" && { audio: audio.configuration.mode }),
    };
    return new FileReader(contents, { video: readerOf(video), audio: readerOf(audio) });
  }

  /** Sends the next frames of a track; fewer only where no more are. */
  async read(media: "video" | "audio", count: number): Promise<void> {
    await this.#tracks[media]?.read(count);
  }

  async seek(positionUs: number): Promise<void> {
    await Promise.all(this.#all.map((track) => track.seek(positionUs)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((track) => track.close()));
  }

  get #all(): FileTrackReader[] {
    return Object.values(this.#tracks).filter((track) => track !== undefined);
  }
}
