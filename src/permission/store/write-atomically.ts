import { open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { replaceFile } from "../../host/replace-file.ts";

/**
 * Replaces a file so that readers see the old text or the new one, whole, whenever this process
 * dies. The caller holds the file's lock: what an earlier writer left behind is cleared away.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  await removeLeftovers(file);
  const temporary = `${file}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await replaceFile(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function removeLeftovers(file: string): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder);
  const leftovers = names.filter(
    (name) => name.startsWith(`${basename(file)}.`) && name.endsWith(".tmp"),
  );
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}
