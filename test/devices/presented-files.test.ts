import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import { frames } from "../../src/index.ts";
import { granting } from "../support/dom-windows.ts";
import { missingCommands } from "../support/sound-server.ts";

/** The eight ways in which a film can say that it is to be shown: `a b c d` of its matrix. */
const matrices: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "as it is": [1, 0, 0, 1],
  "turned by 90 degrees": [0, 1, -1, 0],
  "turned by 180 degrees": [-1, 0, 0, -1],
  "turned by 270 degrees": [0, -1, 1, 0],
  mirrored: [-1, 0, 0, 1],
  "upside down": [1, 0, 0, -1],
  "turned by 90 degrees and mirrored": [0, 1, 1, 0],
  "turned by 270 degrees and mirrored": [0, -1, -1, 0],
};

/** Red, lime, blue and white, as {@link quarters} tells them. */
const COLOURS = ["100", "010", "001", "111"];

let folder = "";

const ffmpeg = (...options: readonly string[]) =>
  execFileSync("ffmpeg", ["-v", "error", "-y", ...options], { cwd: folder });

beforeAll(() => {
  if (missingCommands("ffmpeg") !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), "usermedia-presented-"));
  const colours = ["red", "lime", "blue", "white"].flatMap((colour) =>
    `-f lavfi -i color=${colour}:size=80x60:rate=10:duration=0.5`.split(" "),
  );
  const square = "[0][1]hstack[top];[2][3]hstack[bottom];[top][bottom]vstack,format=yuv420p";
  ffmpeg(...colours, "-filter_complex", square, "coded.mp4");
  ffmpeg("-i", "coded.mp4", "-frames:v", "1", "photo.jpg");
  ffmpeg("-i", "coded.mp4", "-frames:v", "1", "photo.png");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach((context) => {
  const reason = missingCommands("ffmpeg");
  if (reason !== undefined) context.skip(reason);
});

interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA */
  readonly data: Uint8Array;
}

/** The colour in the middle of each quarter, each component rounded to dark or bright. */
function quarters({ data, height, width }: Picture): string[] {
  return [
    [1, 1],
    [3, 1],
    [1, 3],
    [3, 3],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor((y * height) / 4) * width + Math.floor((x * width) / 4)) * 4;
    return [...data.subarray(at, at + 3)].map((value) => (value > 127 ? "1" : "0")).join("");
  });
}

async function pictureOf(path: string): Promise<Picture> {
  const backends = [fileBackend({ files: [path] })];
  const capture = createMediaCapture({ backends, permission: granting });
  try {
    const stream = await capture.mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new Error("no track");
    const { height, width } = track.getSettings();
    for await (const picture of frames(track, { format: "rgba" })) {
      expect([picture.width, picture.height]).toEqual([width, height]);
      return { width: picture.width, height: picture.height, data: Uint8Array.from(picture) };
    }
    throw new Error("no picture");
  } finally {
    await capture.close();
  }
}

/** Writes the matrix into an MP4's `tkhd` box, as cameras do. */
function present(name: string, matrix: readonly number[]): string {
  const file = readFileSync(join(folder, "coded.mp4"));
  const at = file.indexOf("tkhd") + 44;
  const [a = 1, b = 0, c = 0, d = 1] = matrix.map((value) => value * 0x1_0000);
  for (const [offset, value] of [
    [0, a],
    [4, b],
    [12, c],
    [16, d],
  ] as const) {
    file.writeInt32BE(value, at + offset);
  }
  writeFileSync(join(folder, name), file);
  return join(folder, name);
}

test.each(Object.entries(matrices))(
  "a film that is to be shown %s is shown so",
  async (how, matrix) => {
    const path = present(`${how}.mp4`, matrix);
    const picture = await pictureOf(path);
    const [width, height] = matrix[0] === 0 ? [120, 160] : [160, 120];
    expect([picture.width, picture.height]).toEqual([width, height]);
    const data = ffmpeg("-i", path, ..."-frames:v 1 -f rawvideo -pix_fmt rgba -".split(" "));
    expect(quarters(picture)).toEqual(quarters({ width, height, data }));
  },
);

test.each([
  ["2/1", 320, 120],
  ["1/2", 160, 240],
] as const)("px of shape %s are square in %ix%i, as in Chromium", async (shape, width, height) => {
  ffmpeg("-i", "coded.mp4", "-vf", `setsar=${shape}`, `${width}.mp4`);
  const picture = await pictureOf(join(folder, `${width}.mp4`));
  expect([picture.width, picture.height]).toEqual([width, height]);
  expect(quarters(picture)).toEqual(COLOURS);
});

test.each(["photo.jpg", "photo.png"])("%s stands still as a camera's picture", async (name) => {
  const backends = [fileBackend({ files: [join(folder, name)] })];
  const capture = createMediaCapture({ backends, permission: granting });
  const stream = await capture.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new Error("no track");
  let count = 0;
  for await (const picture of frames(track, { format: "rgba" })) {
    const { height, width } = picture;
    expect(quarters({ width, height, data: picture })).toEqual(COLOURS);
    count += 1;
    if (count === 5) break;
  }
  expect([count, track.readyState]).toEqual([5, "live"]);
  await capture.close();
});
