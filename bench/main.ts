/**
 * `npm run bench`: one table, each line a ratio of ours to a peer's that ran in turn with it.
 *
 * `--quick` runs each once on short clips; `--filter WORD` takes the lines whose name has the word;
 * `--runs N` takes the median of N in place of 5.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { meetsGoal, ratioOf, type Line, type Row } from "./line.ts";
import { deviceSelection } from "./lines/device-selection.ts";
import { fanOut } from "./lines/fan-out.ts";
import { getUserMediaCalls } from "./lines/get-user-media.ts";
import { importCost } from "./lines/import-cost.ts";
import { microphone } from "./lines/microphone.ts";
import { packageSize } from "./lines/package-size.ts";
import { pixels } from "./lines/pixels.ts";
import { rawFrames } from "./lines/raw-frames.ts";
import { recording } from "./lines/recording.ts";
import { sync } from "./lines/sync.ts";
import { v4l2 } from "./lines/v4l2.ts";

const lines: readonly Line[] = [
  importCost,
  packageSize,
  deviceSelection,
  getUserMediaCalls,
  microphone,
  fanOut,
  rawFrames,
  pixels,
  v4l2,
  recording,
  sync,
];

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    filter: { type: "string", default: "" },
    runs: { type: "string" },
  },
});
const isQuick = values.quick;
const runs = Number(values.runs ?? (isQuick ? 1 : 5));
const folder = mkdtempSync(join(tmpdir(), "usermedia-bench-"));

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores of ` +
    `${cpus()[0]?.model ?? "an unknown kind"}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}, median of ${runs}\n`,
);
console.log("| what | ours | peer | ratio | goal | |\n| --- | ---: | ---: | ---: | --- | --- |");
try {
  for (const line of lines.filter(({ name }) => name.includes(values.filter))) {
    const missing = line.missing?.();
    if (missing !== undefined) console.log(`| ${line.name} | | | | | skipped: ${missing} |`);
    else for (const row of await line.run({ runs, isQuick, folder })) console.log(format(row));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\nload at the end ${loadavg()[0]?.toFixed(1)}`);

function format(row: Row): string {
  const { against, goal, name, ours, peer, unit } = row;
  const isMet = meetsGoal(row);
  return `| ${[
    name,
    `${round(ours)} ${unit}`,
    `${round(peer)} ${unit} (${against})`,
    round(ratioOf(row)),
    goal === undefined ? "" : "atMost" in goal ? `≤ ${round(goal.atMost)}` : `≥ ${goal.atLeast}`,
    isMet === undefined ? "" : isMet ? "met" : "missed",
  ].join(" | ")} |`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
