import { extname } from "node:path";

import { UsageError } from "../errors.ts";

/** Stands for the standard output in the place of a file's name. */
export const STANDARD_OUTPUT = "-";

/** What is recorded into a file of a format. */
export interface RecordingType {
  readonly mimeType: string;
  /** False for formats of sound alone. */
  readonly hasVideo: boolean;
}

const RECORDING_TYPES: Readonly<Record<string, RecordingType>> = {
  webm: { mimeType: "video/webm", hasVideo: true },
  mp4: { mimeType: "video/mp4", hasVideo: true },
  mkv: { mimeType: "video/x-matroska", hasVideo: true },
  weba: { mimeType: "audio/webm", hasVideo: false },
  m4a: { mimeType: "audio/mp4", hasVideo: false },
  ogg: { mimeType: "audio/ogg", hasVideo: false },
  wav: { mimeType: "audio/wav", hasVideo: false },
};

/** How a picture is written. */
export type PictureType = "jpeg" | "png";

const PICTURE_TYPES: Readonly<Record<string, PictureType>> = {
  jpeg: "jpeg",
  jpg: "jpeg",
  png: "png",
};

export const recordingFormats: readonly string[] = Object.keys(RECORDING_TYPES);
export const pictureFormats: readonly string[] = Object.keys(PICTURE_TYPES);

/** What a recording's format is: as `--format` says, or else as the file's name ends. @throws UsageError */
export function recordingTypeOf(path: string, format?: string): RecordingType {
  return typeOf(RECORDING_TYPES, path, format);
}

/** As {@link recordingTypeOf}, for a picture. @throws UsageError */
export function pictureTypeOf(path: string, format?: string): PictureType {
  return typeOf(PICTURE_TYPES, path, format);
}

function typeOf<Type>(types: Readonly<Record<string, Type>>, path: string, format?: string): Type {
  const known = Object.keys(types);
  if (path === STANDARD_OUTPUT && format === undefined) {
    throw new UsageError(`The standard output has no name: say its format, --format ${known[0]}`);
  }
  const ending = format ?? extname(path).slice(1).toLowerCase();
  const type = Object.hasOwn(types, ending) ? types[ending] : undefined;
  if (type !== undefined) return type;
  const endings = known.map((name) => `.${name}`).join(" ");
  throw new UsageError(`${path}: the name says the format; end it with one of ${endings}`);
}
