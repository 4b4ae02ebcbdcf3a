import { fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { probe } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";

const PROGRAM = new URL("./record-with-clock.ts", import.meta.url);

/**
 * Records until it is killed that long after the first data is in the file; how long that was, s.
 * What was captured before isn't counted, so it may hide a loss as long as that.
 */
async function killed(path: string, afterMs: number): Promise<number> {
  const child = fork(PROGRAM, [path], { execArgv: ["--import", "tsx"] });
  const exit = once(child, "exit");
  await once(child, "message");
  const startMs = performance.now();
  await delay(afterMs);
  const recordedS = (performance.now() - startMs) / 1000;
  child.kill("SIGKILL");
  await exit;
  return recordedS;
}

test.each(["webm", "mp4", "mkv"])(
  "a program killed at any moment leaves %s that plays to within a second of it",
  { timeout: TIMEOUT_MS },
  async (extension) => {
    const folder = temporaryFolder();
    const lostS: number[] = [];
    const rounds = times(67, 2);
    for (let round = 0; round < rounds; round++) {
      const path = join(folder, `${round}.${extension}`);
      const recordedS = await killed(path, Math.random() * 4_000);
      lostS.push(recordedS - (await probe(path)).durationS);
      rmSync(path);
    }
    console.log(`${extension}: lost ${lostS.map((lost) => lost.toFixed(2)).join(" ")} s`);
    for (const lost of lostS) expect(lost).toBeLessThan(1);
  },
);
