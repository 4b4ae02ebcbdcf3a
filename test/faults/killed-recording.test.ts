import { fork } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { probe } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";

const PROGRAM = new URL("./record-with-clock.ts", import.meta.url);

/** Records until it is killed that long after the recording's start. */
async function killed(path: string, afterMs: number): Promise<{ recordedS: number }> {
  const child = fork(PROGRAM, [path], { execArgv: ["--import", "tsx"] });
  const exit = once(child, "exit");
  await once(child, "message");
  const startMs = performance.now();
  await delay(afterMs);
  child.kill("SIGKILL");
  await exit;
  return { recordedS: (performance.now() - startMs) / 1000 };
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
      const { recordedS } = await killed(path, 1_200 + Math.random() * 3_000);
      const isEmpty = statSync(path).size === 0;
      const durationS = isEmpty ? 0 : (await probe(path)).durationS;
      lostS.push(recordedS - durationS);
    }
    console.log(`${extension}: lost ${lostS.map((lost) => lost.toFixed(2)).join(" ")} s`);
    for (const lost of lostS) expect(lost).toBeLessThan(1);
  },
);
