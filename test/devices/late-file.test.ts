import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { CaptureSession } from "../../src/capture-process/program/capture-session.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { expectNoOpenFrames } from "../support/open-frames.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";

const INTERVAL_US = 1e6 / 30;

afterEach(expectNoOpenFrames);

/** A file of 30 pictures a second, a key frame in each half of one, and B-frames. */
function makeFile(): string {
  const path = join(temporaryFolder(), "late.mp4");
  const source = "testsrc2=size=320x240:rate=30:duration=8";
  const codec = "-c:v libx264 -g 15 -bf 2 -pix_fmt yuv420p".split(" ");
  execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, ...codec, path]);
  return path;
}

it("a file that falls behind goes on in the present, and what it left out is counted", async () => {
  const path = makeFile();
  const mode = { width: 320, height: 240, frameRate: 30, pixelFormat: "H264" };
  const session = await CaptureSession.open(
    { kind: "video", mode },
    { inputOf: () => ({ type: "file", path, media: "video", loop: true, pacing: "real-time" }) },
  );
  onTestFinished(() => session.close());
  const seen: { readonly lateUs: number; readonly timestampUs: number }[] = [];
  let lost = 0;
  session.start({
    frame: (frame) => {
      const timestampUs = frame.timestamp;
      seen.push({ lateUs: systemClock.nowUs() - timestampUs, timestampUs });
      frame.close();
    },
    lost: ({ count }) => {
      lost += count;
    },
    muted: () => undefined,
    ended: () => undefined,
  });
  session.wantFrames(true);
  await until(() => seen.length >= 10);
  expect(lost).toBe(0);
  if (session.pid === undefined) throw new Error("no process");
  process.kill(session.pid, "SIGSTOP");
  const stoppedUs = systemClock.nowUs();
  await until(() => systemClock.nowUs() - stoppedUs > 2_000_000);
  process.kill(session.pid, "SIGCONT");
  const before = seen.length;
  await until(() => seen.length >= before + 40);
  // From the key frame before the present: no more than half a second of pictures comes late.
  expect(lost).toBeGreaterThan(25);
  const late = seen.slice(before).filter(({ lateUs }) => lateUs > 600_000);
  expect(late.length).toBeLessThanOrEqual(5);
  const [first, last] = [seen[0]?.timestampUs ?? 0, seen.at(-1)?.timestampUs ?? 0];
  expect(seen.length + lost).toBe(Math.round((last - first) / INTERVAL_US) + 1);
});
