import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type CaptureNotice, parseCaptureNotice } from "./capture-notice.ts";
import { isRunning } from "../../host/process-identity.ts";
import { prepareRuntimeFolder, runtimeFolder } from "./runtime-folder.ts";

/**
 * What this user's programs capture now. What a killed program left behind is cleared away.
 *
 * @param folder Default: the user's runtime folder.
 */
export function listCaptures(folder: string = runtimeFolder()): readonly CaptureNotice[] {
  if (!prepareRuntimeFolder(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+\.json$/u.test(name))
    .flatMap((name) => readNotice(join(folder, name)) ?? []);
}

function readNotice(file: string): CaptureNotice | undefined {
  try {
    const notice = parseCaptureNotice(readFileSync(file, "utf8"));
    if (notice !== undefined && isRunning(notice)) return notice;
    rmSync(file, { force: true });
  } catch {
    // It ended, and took its file along, while the folder was being read.
  }
  return undefined;
}
