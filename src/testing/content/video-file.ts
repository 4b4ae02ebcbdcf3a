import { adoptVideoFrame } from "../../media/adopt-frame.ts";
import type { VideoContent } from "./content.ts";

/**
 * A camera that sees a Y4M file (`ffmpeg -i any.mp4 -pix_fmt yuv420p file.y4m` makes one), over and
 * over, one picture of it for each picture of the camera. The camera needs a mode of the file's size.
 * @throws TypeError when the file is no Y4M of 4:2:0 pictures
 */
export async function videoFile(path: string): Promise<VideoContent & { size: VideoFileSize }> {
  const { readFile } = await import("node:fs/promises");
  const { pictures, ...size } = parseY4m(await readFile(path), path);
  const content: VideoContent = ({ index, width, height, timestamp, duration }) => {
    if (width !== size.width || height !== size.height) {
      throw new TypeError(
        `${path} has pictures of ${size.width}x${size.height}; ` +
          `give the camera a mode of that size instead of ${width}x${height}.`,
      );
    }
    const bytes = (pictures[index % pictures.length] ?? new Uint8Array()).slice();
    const shape = { codedWidth: width, codedHeight: height, timestamp, duration };
    return adoptVideoFrame(bytes, { format: "I420", ...shape });
  };
  return Object.assign(content, { size });
}

/** The mode that a file's pictures are made for. */
export interface VideoFileSize {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** frames per second */
  readonly frameRate: number;
}

function parseY4m(file: Uint8Array, path: string): VideoFileSize & { pictures: Uint8Array[] } {
  const headerEnd = file.indexOf(0x0a);
  const [magic, ...fields] = text(file, 0, headerEnd).split(" ");
  const field = (name: string): string =>
    fields.find((value) => value.startsWith(name))?.slice(1) ?? "";
  const [numerator = 0, denominator = 1] = field("F").split(":").map(Number);
  const width = Number(field("W"));
  const height = Number(field("H"));
  // `420jpeg`, `420mpeg2` and `420paldv` say where the chroma lies; `420p10` has 10 bits.
  const isKnown = /^(?:420(?:jpeg|mpeg2|paldv)?)?$/.test(field("C"));
  if (magic !== "YUV4MPEG2" || !(width > 0) || !(height > 0) || !isKnown) {
    throw new TypeError(`${path} is no Y4M file of 8-bit 4:2:0 pictures.`);
  }
  const pictureBytes = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  const pictures: Uint8Array[] = [];
  for (let at = headerEnd + 1; at < file.length;) {
    const start = file.indexOf(0x0a, at) + 1;
    if (start === 0 || start + pictureBytes > file.length) break;
    pictures.push(file.subarray(start, start + pictureBytes));
    at = start + pictureBytes;
  }
  if (pictures.length === 0) throw new TypeError(`${path} has no whole picture in it.`);
  return { width, height, frameRate: numerator / denominator || 30, pictures };
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString("latin1");
}
