import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../../host/process-identity.ts";
import { readRegularFile } from "../../host/read-regular-file.ts";
import { type CaptureNotice, parseCaptureNotice } from "./capture-notice.ts";
import { readableRuntimeFolders } from "./runtime-folder.ts";

/**
 * What this user's programs capture now, one notice for each process. What a killed program or a
 * terminated worker left behind is cleared away.
 *
 * @param folder Default: every folder in which this user's programs say it.
 */
export function listCaptures(folder?: string): readonly CaptureNotice[] {
  const folders = folder === undefined ? readableRuntimeFolders() : [folder];
  const notices = new Map<string, CaptureNotice>();
  for (const notice of folders.flatMap(readFolder)) {
    const key = JSON.stringify([notice.pid, notice.application]);
    const captures = [...(notices.get(key)?.captures ?? []), ...notice.captures];
    notices.set(key, { ...notice, captures });
  }
  return [...notices.values()];
}

function readFolder(folder: string): readonly CaptureNotice[] {
  return namesIn(folder)
    .filter((name) => /^\d+(?:-[0-9a-f-]+)?\.json$/u.test(name))
    .flatMap((name) => readNotice(join(folder, name)) ?? []);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readNotice(file: string): CaptureNotice | undefined {
  try {
    const stored = parseCaptureNotice(readRegularFile(file));
    if (stored !== undefined) {
      const { worker, ...notice } = stored;
      if (isRunning(notice) && (worker === undefined || isRunning(worker))) return notice;
    }
    rmSync(file, { force: true });
  } catch {
    // It ended, and took its file along, while the folder was being read.
  }
  return undefined;
}
