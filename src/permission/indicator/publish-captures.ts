import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CaptureNotice } from "./capture-notice.ts";
import { identityOf } from "../../host/process-identity.ts";
import { prepareRuntimeFolder } from "./runtime-folder.ts";

type Published = Pick<CaptureNotice, "application" | "captures">;

/**
 * Gives a function that tells `usermedia status` what this process captures. The file is there only
 * while something is captured, and goes with the process. An indicator that can't be written stops
 * no capture.
 */
export function publishCaptures(folder: string): (notice: Published) => void {
  const file = join(folder, `${process.pid}.json`);
  const remove = (): void => rmSync(file, { force: true });
  return (notice) => {
    process.off("exit", remove);
    try {
      if (notice.captures.length === 0) return remove();
      if (!prepareRuntimeFolder(folder)) return undefined;
      process.once("exit", remove);
      const temporary = `${file}.tmp`;
      const content: CaptureNotice = { ...identityOf(process.pid), ...notice };
      writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
      return renameSync(temporary, file);
    } catch (error) {
      return process.emitWarning(`\`usermedia status\` can't show this capture: ${String(error)}`, {
        type: "UsermediaWarning",
      });
    }
  };
}
