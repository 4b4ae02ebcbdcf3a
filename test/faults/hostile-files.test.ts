import { copyFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { MediaStreamTrackProcessor } from "../../src/web/transform/media-stream-track-processor.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";
import { fileWorld } from "./file-world.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

/** A generator of numbers from 0 to 1 that are the same in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Damages a file's bytes: some are changed, a part is cut out, or the end is missing. */
function damage(bytes: Buffer, random: () => number): Buffer {
  const damaged = Buffer.from(bytes);
  const kind = random();
  if (kind < 0.5) {
    // Headers stand at the start; most changes are made there.
    for (let change = 0; change < 20; change++) {
      const reach = random() < 0.7 ? Math.min(512, damaged.length) : damaged.length;
      damaged[Math.floor(random() * reach)] = Math.floor(random() * 256);
    }
    return damaged;
  }
  const at = Math.floor(random() * damaged.length);
  if (kind < 0.75) return damaged.subarray(0, at);
  return Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + 1000)]);
}

function soundFile(folder: string): string {
  return makeMediaFile(folder, { name: "clip.wav", tracks: "audio", seconds: 1 });
}

describe.each(["clip.mp4", "clip.mkv", "clip.y4m", "clip.mjpeg", "clip.wav"])(
  "A damaged %s as a device",
  (name) => {
    test(
      "is no device, or one that gives what it has and ends; nothing crashes or hangs",
      { timeout: TIMEOUT_MS },
      async () => {
        const folder = temporaryFolder();
        const isSound = name.endsWith(".wav");
        const tracks = isSound ? "audio" : name.endsWith("mp4") ? "both" : "video";
        const size = "64x48";
        const whole = isSound
          ? soundFile(folder)
          : makeMediaFile(folder, { name, tracks, size, seconds: 1 });
        const bytes = readFileSync(whole);
        const random = randomNumbers(name.length * 7919);
        const refusals = new Set<string>();
        for (let round = 0; round < times(200, 4); round++) {
          const path = join(folder, `${round}-${name}`);
          writeFileSync(path, damage(bytes, random));
          const capture = fileWorld(path);
          const asked = isSound ? { audio: true } : { video: true };
          try {
            const stream = await capture.mediaDevices.getUserMedia(asked);
            await takeSome(stream.getTracks()[0]);
          } catch (error) {
            const { name: failure, message } = error as Error;
            refusals.add(`${failure}: ${message.replaceAll(folder, "")}`.slice(0, 160));
            // A file that no device could be made of, or one that fails when it is opened.
            expect(failure).toMatch(/^(NotFound|Abort)Error$/);
          }
          await capture.close();
        }
        console.log(`${name}:`, [...refusals].slice(0, 8));
      },
    );
  },
);

/** Reads a few frames, or waits until the track is muted or ends. */
async function takeSome(track: MediaStreamTrackProcessorTrack | undefined): Promise<void> {
  if (track === undefined) return;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const isQuiet = Promise.race([once(track, "mute"), once(track, "ended")]).then(() => undefined);
  for (let count = 0; count < 3; count++) {
    const result = await Promise.race([reader.read(), isQuiet]);
    if (result === undefined || result.done) break;
    result.value.close();
  }
  await reader.cancel();
  track.stop();
}

type MediaStreamTrackProcessorTrack = ConstructorParameters<
  typeof MediaStreamTrackProcessor
>[0]["track"];

test.each([
  ["truncated", (path: string) => truncateSync(path, 1_000)],
  [
    "replaced",
    (path: string) => {
      writeFileSync(`${path}.new`, "no media at all");
      renameSync(`${path}.new`, path);
    },
  ],
  ["deleted", (path: string) => execFileSync("rm", [path])],
])(
  "a file device that is %s while it plays goes on or ends, and is listed anew",
  async (what, harm) => {
    const folder = temporaryFolder();
    const path = join(folder, "camera.mp4");
    copyFileSync(makeMediaFile(folder, { name: "whole.mp4", tracks: "video" }), path);
    const { mediaDevices } = fileWorld(path);
    const stream = await mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getVideoTracks();
    harm(path);
    await takeSome(track);
    expect(track?.readyState).toBe("ended");
    if (what === "truncated") return;
    await expect(mediaDevices.getUserMedia({ video: true })).rejects.toMatchObject({
      name: "NotFoundError",
    });
  },
);
