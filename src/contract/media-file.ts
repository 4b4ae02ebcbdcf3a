import type { AudioData } from "../media/audio-data.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { AudioMode, VideoMode } from "./device.ts";

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
