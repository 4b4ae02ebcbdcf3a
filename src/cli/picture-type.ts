import { extname } from "node:path";

import { UsageError } from "./usage-error.ts";

/** How a picture is written. */
export type PictureType = "jpeg" | "png";

const TYPES: Readonly<Record<string, PictureType>> = {
  ".jpeg": "jpeg",
  ".jpg": "jpeg",
  ".png": "png",
};

/** What a file's name says about the picture in it. @throws UsageError */
export function pictureTypeOf(path: string): PictureType {
  const type = TYPES[extname(path).toLowerCase()];
  if (type !== undefined) return type;
  throw new UsageError(`${path}: pictures are written as .png or .jpg`);
}
