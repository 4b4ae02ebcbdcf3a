import { open, rm } from "node:fs/promises";

import { cannotWrite } from "./cannot-write.ts";

/**
 * Finds out whether a file can be written, and leaves everything as it is.
 * @throws CommandError when it can't be
 */
export async function checkWritable(path: string): Promise<void> {
  try {
    const created = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return undefined;
      throw error;
    });
    const handle = created ?? (await open(path, "r+"));
    await handle.close();
    if (created !== undefined) await rm(path, { force: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
