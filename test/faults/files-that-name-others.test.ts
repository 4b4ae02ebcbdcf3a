import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A folder for files that are named, and `private/` in it with media that nobody named. */
function folders(): { readonly secret: string; readonly shared: string } {
  const shared = temporaryFolder();
  const secret = join(shared, "private");
  mkdirSync(secret);
  makeMediaFile(secret, { tracks: "video", seconds: 1, size: "64x48" });
  makeMediaFile(secret, { name: "clip.ts", tracks: "video", seconds: 1, size: "64x48" });
  return { secret, shared };
}

const CONCAT = "ffconcat version 1.0\nfile private/clip.mp4\n";

const hls = (address: string) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${address}\n#EXT-X-ENDLIST\n`;

const dash = (address: string) => `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"
 profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4">
<Representation id="1" bandwidth="1000"><BaseURL>${address}</BaseURL></Representation>
</AdaptationSet></Period></MPD>`;

/** The devices of a file, by their kinds. */
async function kindsOf(path: string): Promise<readonly string[]> {
  const backend = fileBackend({ files: [path] });
  try {
    return (await backend.listDevices()).map(({ kind }) => kind);
  } finally {
    await backend.close?.();
  }
}

describe("a file device shows nothing but the file that was named", () => {
  test.each<[what: string, name: string, text: (secret: string) => string]>([
    ["a list of files to play in turn", "concat.mp4", () => CONCAT],
    ["the same under its own name", "list.ffconcat", () => CONCAT],
    ["an HLS list", "live.m3u8", (at) => hls(`file://${at}/clip.ts`)],
    ["an HLS list that is called a film", "film.mp4", (at) => hls(`${at}/clip.ts`)],
    ["a DASH list", "film.mpd", (at) => dash(`file://${at}/clip.mp4`)],
    ["text for a terminal", "tty.ans", () => "\u001B[31mhello\u001B[0m ".repeat(50)],
    [
      "a description of streams on the network",
      "stream.sdp",
      () => "v=0\r\nm=video 5004 RTP/AVP 96\r\n",
    ],
    ["subtitles", "film.srt", () => "1\n00:00:00,000 --> 00:00:01,000\nhello\n"],
  ])("%s is no device", async (_what, name, text) => {
    const { secret, shared } = folders();
    const path = join(shared, name);
    writeFileSync(path, text(secret));
    expect(await kindsOf(path)).toEqual([]);
  });

  test("a picture's name that looks like a pattern is its name", async () => {
    const { shared } = folders();
    const picture = (name: string, colour: string) => {
      const source = `color=${colour}:size=64x48:duration=1:rate=1`;
      const path = join(shared, name);
      execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, "-frames:v", "1", path]);
      return path;
    };
    const other = picture("p001.png", "red");
    const named = join(shared, "p%03d.png");
    writeFileSync(named, "no picture");
    expect(await kindsOf(named)).toEqual([]);
    copyFileSync(other, named);
    expect(await kindsOf(named)).toEqual(["videoinput"]);
  });

  test("says why a file is no device", async () => {
    const { shared } = folders();
    const path = join(shared, "list.mp4");
    writeFileSync(path, CONCAT);
    const backend = fileBackend({ files: [path] });
    await backend.listDevices();
    expect(backend.problems).toMatchObject([{ message: expect.stringContaining("list.mp4") }]);
    await backend.close?.();
  });
});
