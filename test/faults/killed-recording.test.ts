import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { decodeMarks } from "../support/decode.ts";
import { packetsOf } from "../support/probe.ts";
import { readFrameMark } from "../support/read-frame-mark.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";

const PROGRAM = new URL("./record-with-clock.mjs", import.meta.url);
const SIZE = { width: 320, height: 240 };
const FRAME_RATE = 30;
/**
 * After the recorder's `start`, ms. The short form runs beside other tests, and what a starved
 * encoder hasn't come to in its first second is no fault of the file.
 */
const EARLIEST_KILL_MS = times(0, 1_500);
const LATEST_KILL_MS = 5_000;

interface Killed {
  /** The number that a picture taken at the moment of the kill would have had. */
  readonly due: number;
  /** How long the encoders had been at work, s. */
  readonly encodedS: number;
}

interface Loss {
  readonly picture: number;
  readonly sound: number;
  readonly encodedS: number;
}

/**
 * Records, and is killed so long after its encoders are at work. What it had captured by then isn't asked
 * of the recording: camera and test have the machine's monotonic clock in common, so that the
 * number of the first picture says which one was due at the moment of the kill.
 */
async function recordUntilKilled(path: string, afterMs: number): Promise<Killed> {
  const child = fork(PROGRAM, [path], { execArgv: [] });
  const exit = once(child, "exit");
  const [first] = (await once(child, "message")) as [{ luma: string; atUs: number }];
  const [started] = (await once(child, "message")) as [{ type: string; atUs: number }];
  const mark = readFrameMark({ ...SIZE, data: Buffer.from(first.luma, "base64") });
  if (mark === undefined || started.type !== "started") throw new Error("It told something else.");
  await delay(afterMs);
  const killedUs = systemClock.nowUs();
  child.kill("SIGKILL");
  await exit;
  const due = mark.number + Math.floor(((killedUs - first.atUs) * FRAME_RATE) / 1e6);
  return { due, encodedS: (killedUs - started.atUs) / 1e6 };
}

/** How much of what was captured isn't in the file, s. Nothing where it holds no picture. */
async function lossOf(path: string, { due, encodedS }: Killed): Promise<Loss | undefined> {
  const marks = await decodeMarks(path, SIZE).catch((error: unknown) => {
    if (encodedS > 1) throw error;
    return [];
  });
  const numbers = marks.map(({ mark }) => mark?.number ?? Number.NaN);
  const last = marks.at(-1);
  const number = numbers.at(-1);
  if (last === undefined || number === undefined) {
    expect(encodedS).toBeLessThan(1);
    return undefined;
  }
  // Each picture can be read, and they are in order.
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(numbers).not.toContain(Number.NaN);
  const sound = (await packetsOf(path, "a")).at(-1);
  const soundEndS = (sound?.ptsS ?? 0) + (sound?.durationS ?? 0);
  const picture = (due - number) / FRAME_RATE;
  return { picture, sound: picture + last.timeS - soundEndS, encodedS };
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
      const part = (round + Math.random()) / rounds;
      const afterMs = EARLIEST_KILL_MS + (LATEST_KILL_MS - EARLIEST_KILL_MS) * part;
      const killed = await recordUntilKilled(path, afterMs);
      const loss = await lossOf(path, killed);
      if (loss) lost.push(loss);
      else tooEarly.push(killed.due / FRAME_RATE);
      if (existsSync(path)) rmSync(path);
    }
    const early = tooEarly.length > 0 ? ` (${Math.max(...tooEarly).toFixed(2)} s at most)` : "";
    console.log(
      `${extension}: ${rounds} kills, ${tooEarly.length} too early to leave anything${early}`,
    );
    expect(lost.length).toBeGreaterThan(rounds / 4);
    for (const { picture, sound, encodedS } of lost) {
      if (Math.max(picture, sound) < 0.5) continue;
      const when = `${encodedS.toFixed(2)} s after the start`;
      console.log(
        `${when}: ${picture.toFixed(2)} s of pictures lost, ${sound.toFixed(2)} s of sound`,
      );
    }
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
