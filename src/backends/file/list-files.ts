import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface ListedFile {
  /** Absolute. */
  readonly path: string;
  /** Another when the file was changed. */
  readonly version: string;
}

/** The files of some paths, and what is wrong with those that give none, a sentence each. */
export interface FileListing {
  readonly files: readonly ListedFile[];
  readonly problems: readonly string[];
}

/** The files that are there, in the order given; a folder stands for the files in it. */
export async function listFiles(paths: readonly string[]): Promise<FileListing> {
  const listings = await Promise.all(
    paths.map(async (given): Promise<FileListing> => {
      const path = resolve(given);
      try {
        const files = await listPath(path);
        const problems = files.length === 0 ? [`${path} holds no file`] : [];
        return { files, problems };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const what = code === "ENOENT" ? "doesn't exist" : `can't be read (${code})`;
        return { files: [], problems: [`The media file ${path} ${what}`] };
      }
    }),
  );
  return {
    files: listings.flatMap(({ files }) => files),
    problems: listings.flatMap(({ problems }) => problems),
  };
}

async function listPath(path: string): Promise<readonly ListedFile[]> {
  const stats = await stat(path);
  if (stats.isFile()) return [{ path, version: `${stats.mtimeMs}/${stats.size}` }];
  if (!stats.isDirectory()) return [];
  const names = (await readdir(path)).filter((name) => !name.startsWith("."));
  const files = names.sort().map(async (name) => {
    const file = join(path, name);
    const entry = await stat(file).catch(() => undefined);
    return entry?.isFile() === true ? await listPath(file).catch(() => []) : [];
  });
  return (await Promise.all(files)).flat();
}
