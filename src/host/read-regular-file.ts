import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** A text of ours is never longer, in bytes. */
const longest = 16_000_000;

/**
 * Reads a text file. A named pipe, which a plain read would wait for, and a device are refused.
 *
 * @throws Error when the file can't be read, is no regular file, or is longer than 16 MB.
 */
export function readRegularFile(file: string): string {
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  const descriptor = openSync(file, O_RDONLY | O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error(`${file} is not a regular file; move it away`);
    if (stats.size > longest) throw new Error(`${file} is too long; move it away`);
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}
