import { extname } from "node:path";

import { UsageError } from "./usage-error.ts";

/** What a file's name says about what goes into it. */
export interface RecordingType {
  readonly mimeType: string;
  /** False for formats of sound alone. */
  readonly hasVideo: boolean;
}

const TYPES: Readonly<Record<string, RecordingType>> = {
  ".webm": { mimeType: "video/webm", hasVideo: true },
  ".mp4": { mimeType: "video/mp4", hasVideo: true },
  ".mkv": { mimeType: "video/x-matroska", hasVideo: true },
  ".weba": { mimeType: "audio/webm", hasVideo: false },
  ".m4a": { mimeType: "audio/mp4", hasVideo: false },
  ".ogg": { mimeType: "audio/ogg", hasVideo: false },
  ".wav": { mimeType: "audio/wav", hasVideo: false },
};

/** @throws UsageError for a name whose ending isn't known */
export function recordingTypeOf(path: string): RecordingType {
  const extension = extname(path).toLowerCase();
  const type = TYPES[extension];
  if (type !== undefined) return type;
  const known = Object.keys(TYPES).join(" ");
  throw new UsageError(`${path}: the name says the format; end it with one of ${known}`);
}
