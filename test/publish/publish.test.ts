import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type Publication, publish, type PublicationTrackStats } from "../../src/publish/index.ts";
import type { MediaStream } from "../../src/web/stream/media-stream.ts";
import { probe } from "../support/probe.ts";
import { missingCommands } from "../support/sound-server.ts";
import {
  freePort,
  missingNginx,
  numbersIn,
  playRtmp,
  receiveSrt,
  startNginx,
  startNodeMediaServer,
} from "../support/streaming-servers.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const size = { width: 320, height: 240 };
const key = "topsecretkey";

let world: SyntheticWorld;
let stream: MediaStream;
let publications: Publication[];
beforeEach(async () => {
  world = new SyntheticWorld();
  stream = await world.stream(size);
  publications = [];
});
afterEach(async () => {
  for (const publication of publications) await publication.close();
  await world.close();
});

const started: typeof publish = async (...args) => {
  const publication = await publish(...args);
  publications.push(publication);
  return publication;
};

const until = (publication: Publication, state: string) =>
  expect.poll(() => publication.connectionState).toBe(state);

async function videoOf(publication: Publication): Promise<PublicationTrackStats> {
  const all = [...(await publication.getStats()).values()];
  const video = all.findLast((stats) => stats.type === "outbound" && stats.kind === "video");
  if (video?.type !== "outbound") throw new Error("no picture");
  return video;
}

/** Every number follows the one before it. */
function expectNoGap(numbers: readonly number[]): void {
  expect(numbers.length).toBeGreaterThan(30);
  for (const [index, number] of numbers.slice(1).entries())
    expect(number - (numbers[index] ?? Number.NaN)).toBe(1);
}

describe.skipIf(missingCommands("ffmpeg") !== undefined)("publish()", () => {
  test("brings every picture and the sound to a listener of SRT", async () => {
    const port = await freePort();
    const { ended, file } = receiveSrt(port, 2);
    const publication = await started(stream, `srt://127.0.0.1:${port}`, { token: key });
    expect(publication.connectionState).toBe("connected");
    await ended;
    expectNoGap(await numbersIn(file, size));
    const codecs = (await probe(file)).streams.map(({ codec_name }) => codec_name);
    expect(codecs.toSorted()).toEqual(["aac", "h264"]);
  });

  test("brings every picture to the viewers of node-media-server", async () => {
    const port = await freePort();
    await startNodeMediaServer(port);
    const url = `rtmp://127.0.0.1:${port}/live/${key}`;
    const publication = await started(stream, url);
    expect(publication.connectionState).toBe("connected");
    expectNoGap(await numbersIn(await playRtmp(url, 45), size));
  });

  test("writes HLS that ends with the publication", async () => {
    const folder = temporaryFolder();
    const publication = await started(stream, join(folder, "live.m3u8"));
    await expect.poll(() => readdirSync(folder)).toContain("live1.ts");
    await publication.close();
    expect(readFileSync(join(folder, "live.m3u8"), "utf8")).toContain("#EXT-X-ENDLIST");
    expectNoGap(await numbersIn(join(folder, "live.m3u8"), size));
    expect(publication.connectionState).toBe("closed");
    await publication.finished;
    expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(["live", "live"]);
  });

  test("goes on with the sound where the picture ends, and is closed with the last track", async () => {
    const folder = temporaryFolder();
    const publication = await started(stream, join(folder, "live.m3u8"));
    stream.getVideoTracks()[0]?.stop();
    const sent = async () =>
      [...(await publication.getStats()).values()]
        .filter((stats) => stats.type === "outbound")
        .find(({ kind }) => kind === "audio")?.framesSent ?? 0;
    const before = await sent();
    await expect.poll(sent).toBeGreaterThan(before + 20);
    stream.getAudioTracks()[0]?.stop();
    await publication.finished;
    expect(publication.connectionState).toBe("closed");
  });

  test("publishes a track that is added, by another connection", async () => {
    const folder = temporaryFolder();
    const [video] = stream.getVideoTracks();
    if (!video) throw new Error("no picture");
    stream.removeTrack(video);
    const publication = await started(stream, join(folder, "live.m3u8"));
    stream.addTrack(video);
    await expect.poll(async () => (await videoOf(publication)).framesSent).toBeGreaterThan(40);
    const transport = (await publication.getStats()).get("transport");
    expect(transport).toMatchObject({ reconnections: 1 });
  });
});

describe.skipIf(missingNginx() !== undefined)("a publication to nginx", () => {
  test("connects again once its server is back, with the camera running on", async () => {
    const port = await freePort();
    const server = await startNginx(port);
    const url = `rtmp://127.0.0.1:${port}/live/${key}`;
    const publication = await started(stream, url, { reconnectAttempts: Infinity });
    expectNoGap(await numbersIn(await playRtmp(url, 45), size));
    server.kill("SIGKILL");
    await until(publication, "disconnected");
    await expect.poll(async () => (await videoOf(publication)).framesDropped).toBeGreaterThan(5);
    expect(stream.getVideoTracks()[0]).toMatchObject({ readyState: "live", muted: false });
    await startNginx(port);
    await until(publication, "connected");
    expectNoGap(await numbersIn(await playRtmp(url, 45), size));
  });

  test("fails once its server is killed, where it isn't to connect again", async () => {
    const port = await freePort();
    const server = await startNginx(port);
    const publication = await started(stream, `rtmp://127.0.0.1:${port}/live/${key}`);
    server.kill("SIGKILL");
    await until(publication, "failed");
    const failure: unknown = await publication.finished.catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "NetworkError" });
    expect(String(failure)).not.toContain(key);
    expect(stream.getVideoTracks()[0]?.readyState).toBe("live");
  });
});

test("Nothing of a key is in the list of processes or in what a refusal says", async () => {
  const port = await freePort();
  const address = `rtmp://user:${key}1@127.0.0.1:${port}/live/${key}2?sign=${key}3`;
  const refusal = publish(stream, address);
  let listed = "";
  const looking = setInterval(() => {
    listed += execFileSync("ps", ["axeww"], { encoding: "utf8", maxBuffer: 1 << 26 });
  }, 50);
  const error: unknown = await refusal.catch((reason: unknown) => reason);
  clearInterval(looking);
  expect(error).toMatchObject({ name: "NetworkError" });
  expect(String(error)).toContain("Nothing listens there");
  expect(String(error)).not.toContain(key);
  expect(listed).not.toBe("");
  expect(listed).not.toContain(key);
});

test("A host without a name is a NetworkError that says so", async () => {
  const refusal = publish(stream, "rtmp://no.such.host.invalid/live/key");
  await expect(refusal).rejects.toMatchObject({
    name: "NetworkError",
    message: expect.stringContaining("name isn't known"),
  });
});

test("node-media-server's refusal of a wrong signature ends the publication", async () => {
  const port = await freePort();
  await startNodeMediaServer(port, "the server's own");
  const url = `rtmp://127.0.0.1:${port}/live/${key}?sign=9999999999-wrong`;
  const error: unknown = await started(stream, url).then(
    (publication) => publication.finished.catch((reason: unknown) => reason),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: expect.stringMatching(/^(NotAllowed|Network)Error$/) });
  expect(String(error)).not.toContain(key);
});

test("A wrong passphrase of SRT is refused", async () => {
  const port = await freePort();
  receiveSrt(port, 2, "&passphrase=rightpassphrase");
  const refusal = publish(stream, `srt://127.0.0.1:${port}?passphrase=wrongpassphrase`);
  const error: unknown = await refusal.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DOMException);
  expect(String(error)).not.toContain("wrongpassphrase");
});

test("A signal gives up connecting with its reason", async () => {
  const signal = AbortSignal.abort(new Error("changed my mind"));
  await expect(publish(stream, "srt://127.0.0.1:9", { signal })).rejects.toThrow("changed my mind");
});

test("Bad input is refused before an encoder opens", async () => {
  const url = "rtmp://127.0.0.1/live/key";
  await expect(publish({} as MediaStream, url)).rejects.toThrow(TypeError);
  await expect(publish(stream, "gopher://host/")).rejects.toThrow("rtmp://, srt://");
  await expect(publish(stream, url, { videoBitsPerSecond: 1 })).rejects.toThrow("from 6000");
  await expect(publish(stream, url, { reconnectAttempts: -1 })).rejects.toThrow("Infinity");
  await expect(publish(stream, join(temporaryFolder(), "no", "live.m3u8"))).rejects.toThrow(
    "folder",
  );
  for (const track of stream.getTracks()) track.stop();
  await expect(publish(stream, url)).rejects.toMatchObject({ name: "InvalidStateError" });
});
