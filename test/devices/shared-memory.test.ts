import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeMediaFile } from "../support/media-file.ts";

const run = promisify(execFile);
const program = resolve("test/devices/programs/read-frames.mjs");
const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

/** Whether a process may have a /dev/shm of its own here. */
function mayMount(): boolean {
  try {
    const mount = "mount -t tmpfs -o size=1m tmpfs /dev/shm";
    execFileSync("unshare", ["--mount", "sh", "-c", mount], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

interface Read {
  readonly frames: number;
  readonly hash: string;
  readonly sharedBytes: number;
}

describe.runIf(process.platform === "linux")("pictures come over shared memory", () => {
  const pictureBytes = (640 * 480 * 3) / 2;
  let path = "";
  let expected: Read;

  /** Reads them with a /dev/shm that `mount` makes, and runs `then` after the first few. */
  async function read(mount = ":", then = ":"): Promise<Read> {
    const command = `${mount} && exec ${quoted([process.execPath, program, path, then])}`;
    const args = ["--mount", "sh", "-c", command];
    const { stdout } = await (mount === ":"
      ? run(process.execPath, [program, path])
      : run("unshare", args));
    return JSON.parse(stdout) as Read;
  }

  const folder = mkdtempSync(join(tmpdir(), "usermedia-test-"));
  beforeAll(async () => {
    path = makeMediaFile(folder, { tracks: "video", size: "640x480", seconds: 1 });
    expected = await read();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("through a file that has no name, of as many slots as are needed", () => {
    expect(expected.frames).toBe(30);
    expect(expected.sharedBytes).toBeGreaterThanOrEqual(pictureBytes);
    expect(expected.sharedBytes).toBeLessThan(4 * pictureBytes);
  });

  describe.runIf(mayMount())("and over the pipe, the same ones", () => {
    test("where /dev/shm is small, as in a container", async () => {
      const { frames, hash, sharedBytes } = await read("mount -t tmpfs -o size=8m tmpfs /dev/shm");
      expect({ frames, hash }).toEqual({ frames: 30, hash: expected.hash });
      expect(sharedBytes).toBe(0);
    });

    test("where there is none", async () => {
      const { frames, hash, sharedBytes } = await read("mount -t tmpfs -o ro tmpfs /dev/shm");
      expect({ frames, hash }).toEqual({ frames: 30, hash: expected.hash });
      expect(sharedBytes).toBe(0);
    });

    test("from when others have filled it", async () => {
      const fill = "dd if=/dev/zero of=/dev/shm/others bs=1M 2>/dev/null || true";
      const small = `mount -t tmpfs -o size=16m tmpfs /dev/shm`;
      const { frames, hash, sharedBytes } = await read(small, fill);
      expect({ frames, hash }).toEqual({ frames: 30, hash: expected.hash });
      expect(sharedBytes).toBeGreaterThan(0);
    });
  });
});
