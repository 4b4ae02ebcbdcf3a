import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What players show as a file's length, in s: from its header or index, without decoding it. */
export async function headerDuration(file: string): Promise<number> {
  const args = "-v error -show_entries format=duration -of csv=p=0".split(" ");
  const { stdout } = await run("ffprobe", [...args, file]);
  return Number.parseFloat(stdout);
}
