import { extname } from "node:path";

import { encodePng, type RgbxPicture } from "../index.ts";
import { UsageError } from "./usage-error.ts";

/** What makes a file of a picture, by the file's name. @throws UsageError */
export function pictureEncoderOf(path: string): (picture: RgbxPicture) => Uint8Array {
  if (extname(path).toLowerCase() === ".png") return encodePng;
  throw new UsageError(`${path}: pictures are written as .png`);
}
