import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface ListedFile {
  /** Absolute. */
  readonly path: string;
  /** Another when the file was changed. */
  readonly version: string;
}

/** The files that are there, in the order given; a folder stands for the files in it. */
export async function listFiles(paths: readonly string[]): Promise<ListedFile[]> {
  const lists = await Promise.all(paths.map((path) => listPath(resolve(path))));
  return lists.flat();
}

async function listPath(path: string): Promise<ListedFile[]> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile() === true) return [{ path, version: `${stats.mtimeMs}/${stats.size}` }];
  if (stats?.isDirectory() !== true) return [];
  const names = (await readdir(path)).filter((name) => !name.startsWith("."));
  const files = names.sort().map(async (name) => {
    const file = join(path, name);
    const isFile = await stat(file).then(
      (entry) => entry.isFile(),
      () => false,
    );
    return isFile ? await listPath(file) : [];
  });
  return (await Promise.all(files)).flat();
}
