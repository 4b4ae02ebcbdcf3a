import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identityOf, identityOfWorker } from "../../host/process-identity.ts";
import { replaceFileSync } from "../../host/replace-file.ts";
import type { CaptureNotice, StoredNotice } from "./capture-notice.ts";

type Published = Pick<CaptureNotice, "application" | "captures">;

/**
 * Gives a function that tells `usermedia status` what one world of this process captures: each world
 * and each thread writes a file of its own. It is there only while something is captured, and goes
 * with the process. An indicator that can't be written stops no capture.
 *
 * @param folderFor makes the folder, and returns `undefined` where there can be none.
 */
export function publishCaptures(folderFor: () => string | undefined): (notice: Published) => void {
  let file: string | undefined;
  const remove = (): void => {
    if (file !== undefined) rmSync(file, { force: true });
    file = undefined;
  };
  return (notice) => {
    process.off("exit", remove);
    try {
      if (notice.captures.length === 0) return remove();
      const folder = folderFor();
      if (folder === undefined)
        throw new Error("there is no folder that this user alone writes to");
      file ??= join(folder, `${process.pid}-${crypto.randomUUID()}.json`);
      process.once("exit", remove);
      const temporary = `${file}.tmp`;
      const worker = identityOfWorker();
      const content: StoredNotice = {
        ...identityOf(process.pid),
        ...(worker && { worker }),
        ...notice,
      };
      writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
      return replaceFileSync(temporary, file);
    } catch (error) {
      return process.emitWarning(`\`usermedia status\` can't show this capture: ${String(error)}`, {
        type: "UsermediaWarning",
      });
    }
  };
}
