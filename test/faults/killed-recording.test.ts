import { fork } from "node:child_process";
import { on, once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { decodeMarks } from "../support/decode.ts";
import { packetsOf } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";
import type { Told } from "./record-with-clock.ts";

const PROGRAM = new URL("./record-with-clock.ts", import.meta.url);
const SIZE = { width: 320, height: 240 };
const FRAME_RATE = 30;
/** After the first picture, ms. */
const LATEST_KILL_MS = 5_000;

interface Killed {
  /** The number that a picture taken at the moment of the kill would have had. */
  readonly due: number;
  /** Whether anything was in the file by then. */
  readonly hasWritten: boolean;
}

interface Loss {
  readonly picture: number;
  readonly sound: number;
}

/**
 * Records, and is killed so long after its first picture. What it had captured by then isn't asked
 * of the recording: camera and test have the machine's monotonic clock in common, so that the
 * number of the first picture says which one was due at the moment of the kill.
 */
async function recordUntilKilled(path: string, afterMs: number): Promise<Killed> {
  const child = fork(PROGRAM, [path], { execArgv: ["--import", "tsx"] });
  const exit = once(child, "exit");
  const messages = on(child, "message") as AsyncIterator<[Told]>;
  const { value } = (await messages.next()) as { value: [Told] };
  const [first] = value;
  if (first.type !== "capturing") throw new Error("It wrote before it captured.");
  let hasWritten = false;
  child.on("message", () => (hasWritten = true));
  await delay(afterMs);
  const killedUs = Number(process.hrtime.bigint() / 1000n);
  const had = hasWritten;
  child.kill("SIGKILL");
  await exit;
  const due = first.number + Math.floor(((killedUs - first.atUs) * FRAME_RATE) / 1e6);
  return { due, hasWritten: had };
}

/** How much of what was captured isn't in the file, s. Nothing where it holds no picture. */
async function lossOf(path: string, { due, hasWritten }: Killed): Promise<Loss | undefined> {
  const marks = await decodeMarks(path, SIZE).catch((error: unknown) => {
    if (hasWritten) throw error;
    return [];
  });
  const numbers = marks.map(({ mark }) => mark?.number ?? Number.NaN);
  const last = marks.at(-1);
  const number = numbers.at(-1);
  if (last === undefined || number === undefined) {
    expect(hasWritten).toBe(false);
    return undefined;
  }
  // Each picture can be read, and they are in order.
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(numbers).not.toContain(Number.NaN);
  const sound = (await packetsOf(path, "a")).at(-1);
  const soundEndS = (sound?.ptsS ?? 0) + (sound?.durationS ?? 0);
  const picture = (due - number) / FRAME_RATE;
  return { picture, sound: picture + last.timeS - soundEndS };
}

test.each(["webm", "mp4", "mkv"])(
  "a program killed at any moment leaves %s that plays to within a second of it",
  { timeout: TIMEOUT_MS },
  async (extension) => {
    const folder = temporaryFolder();
    const lost: Loss[] = [];
    /** How long the programs had captured that left nothing, s. */
    const tooEarly: number[] = [];
    const rounds = times(extension === "mkv" ? 40 : 80, 3);
    for (let round = 0; round < rounds; round++) {
      const path = join(folder, `${round}.${extension}`);
      // Spread over the whole time, each at random in its part.
      const afterMs = (LATEST_KILL_MS * (round + Math.random())) / rounds;
      const killed = await recordUntilKilled(path, afterMs);
      const loss = await lossOf(path, killed);
      if (loss) lost.push(loss);
      else tooEarly.push(killed.due / FRAME_RATE);
      if (existsSync(path)) rmSync(path);
    }
    const early = tooEarly.length > 0 ? ` (${Math.max(...tooEarly).toFixed(2)} s at most)` : "";
    console.log(`${extension}: ${rounds} kills, ${tooEarly.length} before there was data${early}`);
    expect(lost.length).toBeGreaterThan(rounds / 4);
    for (const media of ["picture", "sound"] as const) {
      const seconds = lost.map((loss) => loss[media]).toSorted((one, other) => one - other);
      const median = seconds[seconds.length >> 1]?.toFixed(3);
      console.log(`${media} lost: median ${median} s, at most ${seconds.at(-1)?.toFixed(3)} s`);
      // What is in the file was captured; a piece of sound may end after the last picture due.
      expect(seconds[0]).toBeGreaterThan(-0.1);
      expect(seconds.at(-1)).toBeLessThan(1);
    }
  },
);
