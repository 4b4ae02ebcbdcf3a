import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { installInWindow } from "../../../../src/dom/install-in-window.ts";
import { installMediaCapture, type InstallOptions } from "../../../../src/dom/index.ts";
import { systemClock } from "../../../../src/engine/clock/system-clock.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import {
  blobUrl,
  type MediaElementUnderTest,
  notePictures,
  type PlayerWindow,
} from "../../../support/dom-player.ts";
import { granting, nextEvent, noteEvents, windows } from "../../../support/dom-windows.ts";
import { makeMediaFile } from "../../../support/media-file.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { until } from "../../../support/until.ts";

/** A second of test picture at 25/s, and a tone. */
let clip = "";
let sound = "";
const folder = mkdtempSync(join(tmpdir(), "usermedia-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  clip = makeMediaFile(folder, { name: "clip.webm", seconds: 1, frameRate: 25 });
  sound = makeMediaFile(folder, { name: "sound.mp3", seconds: 1, tracks: "audio" });
});

function open(make: () => unknown, options: InstallOptions = {}) {
  const window = make() as PlayerWindow;
  const capture = installMediaCapture(window, { backends: [], permission: granting, ...options });
  onTestFinished(async () => {
    await capture.close();
    expect(openFrameCount()).toBe(0);
  });
  const video = window.document.querySelector("video");
  return { window, video, audio: window.document.querySelector("audio") };
}

const states = ({ readyState, networkState, paused, ended }: MediaElementUnderTest) => ({
  readyState,
  networkState,
  paused,
  ended,
});

describe.each(Object.entries(windows))("a file in a media element of %s", (_name, make) => {
  it("gives its metadata and its first picture, in order, without playing", async () => {
    const { window, video } = open(make);
    const early = ["loadstart", "progress", "suspend", "durationchange", "resize"];
    const order = [...early, "loadedmetadata", "loadeddata", "canplay", "canplaythrough"];
    const fired = noteEvents(video, [...order, "play", "playing", "timeupdate", "error"]);
    video.src = blobUrl(window, clip);
    expect([video.networkState, video.readyState, video.duration]).toEqual([3, 0, Number.NaN]);
    await nextEvent(video, "canplaythrough");
    expect(fired).toEqual(order);
    expect(video.duration).toBeCloseTo(1, 1);
    expect([video.videoWidth, video.videoHeight, video.currentTime]).toEqual([320, 240, 0]);
    expect(states(video)).toEqual({ readyState: 4, networkState: 1, paused: true, ended: false });
    expect(video.currentSrc).toBe(video.src);
    expect([video.seekable.length, video.seekable.end(0)]).toEqual([1, video.duration]);
  });

  it("plays every picture at its time up to the end, and then from the start again", async () => {
    const { window, video } = open(make);
    const times = notePictures(video);
    video.src = blobUrl(window, clip);
    await video.play();
    const fired = noteEvents(video, ["pause", "ended", "seeking", "seeked", "play"]);
    await nextEvent(video, "ended");
    expect(fired).toEqual(["pause", "ended"]);
    expect(states(video)).toEqual({ readyState: 4, networkState: 1, paused: true, ended: true });
    expect(video.currentTime).toBe(video.duration);
    expect(times.map((time) => Math.round(time * 25))).toEqual([...Array(25).keys()]);
    expect([video.played.start(0), video.played.end(0)]).toEqual([0, video.duration]);
    await video.play();
    expect(video.ended).toBe(false);
    await nextEvent(video, "ended");
    expect(times).toHaveLength(50);
  });

  it.each<[string, (video: MediaElementUnderTest) => void]>([
    ["src is empty", (video) => (video.src = "")],
    [
      "src is taken away and load() called",
      (video) => {
        video.removeAttribute("src");
        video.load();
      },
    ],
  ])("leaves no captured track once %s", async (_how, reset) => {
    const { window, video } = open(make);
    video.src = blobUrl(window, clip);
    await nextEvent(video, "loadeddata");
    const captured = video.captureStream();
    expect(captured.getTracks()).not.toEqual([]);
    const removed = nextEvent(captured, "removetrack");
    const emptied = nextEvent(video, "emptied");
    reset(video);
    await Promise.all([removed, emptied]);
    expect(captured.getTracks()).toEqual([]);
  });

  it("plays sound in an audio element, and no picture", async () => {
    const { window, audio } = open(make);
    audio.src = blobUrl(window, clip);
    await audio.play();
    expect(audio.captureStream().getTracks()).toHaveLength(1);
    await nextEvent(audio, "ended");
    expect(audio.currentTime).toBe(audio.duration);
  });

  it("shows the picture of the position that is sought, also while it seeks another", async () => {
    const { window, video } = open(make);
    const times = notePictures(video);
    video.src = blobUrl(window, clip);
    await nextEvent(video, "loadeddata");
    video.currentTime = 0.2;
    video.currentTime = 0.7;
    expect([video.seeking, video.currentTime]).toEqual([true, 0.7]);
    await nextEvent(video, "seeked");
    await until(() => times.length > 1);
    expect([video.seeking, video.currentTime, video.paused]).toEqual([false, 0.7, true]);
    expect(times.map((time) => Math.round(time * 25))).toEqual([0, 17]);
    video.currentTime = 77;
    await nextEvent(video, "seeked");
    expect(video.currentTime).toBe(video.duration);
  });

  it("stands still while it is paused, and refuses who waited for it to play", async () => {
    const { window, video } = open(make);
    video.src = blobUrl(window, clip);
    const waiting = video.play();
    video.pause();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await video.play();
    await nextEvent(video, "timeupdate");
    video.pause();
    const at = video.currentTime;
    await nextEvent(video, "pause");
    expect([video.currentTime, video.paused]).toEqual([at, true]);
    const replaced = nextEvent(video, "emptied");
    video.src = blobUrl(window, sound);
    await replaced;
    expect([video.currentTime, video.readyState]).toEqual([0, 0]);
    await nextEvent(video, "loadedmetadata");
    expect([video.videoWidth, video.duration > 0.9]).toEqual([0, true]);
  });

  it("begins anew at its end with loop, and by itself with autoplay", async () => {
    const { window, video } = open(make);
    video.setAttribute("loop", "");
    video.setAttribute("autoplay", "");
    video.src = blobUrl(window, clip);
    const captured = video.captureStream();
    const fired = noteEvents(video, ["play", "seeking", "seeked", "ended"]);
    await nextEvent(captured, "addtrack");
    const tracks = captured.getTracks();
    await nextEvent(video, "seeked");
    await nextEvent(video, "seeked");
    expect(fired).toEqual(["play", "seeking", "seeked", "seeking", "seeked"]);
    expect([video.ended, video.paused]).toEqual([false, false]);
    expect(captured.getTracks()).toEqual(tracks);
    expect(tracks.map(({ readyState }) => readyState)).toEqual(["live", "live"]);
  });

  it("says with an error that something is no media, and refuses to play it", async () => {
    const { window, video } = open(make);
    video.src = window.URL.createObjectURL(new window.Blob(["no media"]));
    const refused = video.play();
    await nextEvent(video, "error");
    await expect(refused).rejects.toMatchObject({ name: "NotSupportedError" });
    expect(video.error).toMatchObject({ code: 4 });
    expect(video.error).toBeInstanceOf(Reflect.get(window, "MediaError"));
    expect([video.networkState, video.readyState]).toEqual([3, 0]);
    await expect(video.play()).rejects.toBeInstanceOf(window.DOMException);
    video.src = blobUrl(window, clip);
    await nextEvent(video, "canplay");
    expect(video.error).toBeNull();
  });

  it("reads no other file that a playlist names", async () => {
    const { window, video } = open(make);
    const playlist = `#EXTM3U\n#EXTINF:1\n${clip}\n#EXT-X-ENDLIST\n`;
    video.src = window.URL.createObjectURL(new window.Blob([playlist]));
    await nextEvent(video, "error");
    expect(video.error).toMatchObject({ code: 4 });
  });

  it("takes the first of its sources that it can play", async () => {
    const { window, video } = open(make);
    const sources = [
      { src: blobUrl(window, clip), type: "video/x-unheard-of" },
      { src: window.URL.createObjectURL(new window.Blob(["no media"])), type: "video/webm" },
      { src: blobUrl(window, clip), type: 'video/webm; codecs="vp9, opus"' },
    ].map(({ src, type }) => {
      const source = window.document.createElement("source");
      source.setAttribute("src", src);
      source.setAttribute("type", type);
      return source;
    });
    const failed: number[] = [];
    for (const [index, source] of sources.entries()) {
      source.addEventListener("error", () => failed.push(index));
    }
    const [first, second, third] = sources as [object, object, object];
    video.append(first, second);
    await until(() => failed.length === 2);
    expect([failed, video.networkState, video.error]).toEqual([[0, 1], 3, null]);
    video.append(third);
    await nextEvent(video, "loadeddata");
    expect(video.currentSrc).toBe((third as Element).getAttribute("src"));
  });

  it("loads nothing with preload=none until it is to play", async () => {
    const { window, video } = open(make);
    video.setAttribute("preload", "none");
    video.src = blobUrl(window, clip);
    await nextEvent(video, "suspend");
    expect([video.readyState, video.networkState]).toEqual([0, 1]);
    await video.play();
    expect(video.readyState).toBe(4);
  });

  it("plays data: addresses, blobs of Node's own and, if told to, files", async () => {
    const { video } = open(make, { resources: "usable" });
    const bytes = readFileSync(clip);
    for (const src of [
      `data:video/webm;base64,${bytes.toString("base64")}`,
      URL.createObjectURL(new Blob([bytes])),
      pathToFileURL(clip).href,
    ]) {
      const outcome = Promise.race(["loadeddata", "error"].map((type) => nextEvent(video, type)));
      video.src = src;
      await outcome;
      expect([video.error?.message, video.duration.toFixed(1)]).toEqual([undefined, "1.0"]);
    }
  });

  it("says what it can play", () => {
    const { video } = open(make);
    expect(video.canPlayType("video/webm")).toBe("maybe");
    expect(video.canPlayType('video/mp4; codecs="avc1.64001F, mp4a.40.2"')).toBe("probably");
    expect(video.canPlayType('video/mp4; codecs="xyz"')).toBe("");
    expect(video.canPlayType("application/x-mpegurl")).toBe("");
  });

  it("goes by the clock that it was given, at the rate that is set", async () => {
    const clock = new ManualClock();
    const { window, video } = open(make, { clock });
    video.src = blobUrl(window, clip);
    await video.play();
    await clock.advance(200);
    expect(video.currentTime).toBeCloseTo(0.2, 1);
    video.playbackRate = 2;
    await clock.advance(200);
    expect(video.currentTime).toBeCloseTo(0.6, 1);
    video.playbackRate = 0;
    await clock.advance(1000);
    expect(video.currentTime).toBeCloseTo(0.6, 1);
    expect(() => (video.playbackRate = -1)).toThrow(window.DOMException);
  });

  it("is left alone where it is outside the program, or nothing here reads files", () => {
    const { window, video } = open(make);
    video.src = "/clip.webm";
    expect([video.networkState, video.paused]).toEqual([0, true]);
    expect(video.src).toBe("https://example.com/clip.webm");
    const other = make() as PlayerWindow;
    const capture = installInWindow(other, {
      backends: [],
      clock: systemClock,
      permission: granting,
      files: { isSupported: () => false, open: () => Promise.reject(new Error("not asked")) },
    });
    onTestFinished(() => capture.close());
    const untouched = other.document.querySelector("video");
    untouched.src = blobUrl(window, clip);
    expect([untouched.networkState, untouched.canPlayType("video/webm")]).toEqual([0, ""]);
  });
});

describe("media files of other origins", () => {
  const answers = { url: "", mode: "", credentials: "" };
  const load: InstallOptions["resources"] = async (request) => {
    Object.assign(answers, request);
    return new Response(readFileSync(clip));
  };

  it("are played, but give captured streams nothing, unless they allow it", async () => {
    const { video } = open(windows.jsdom, { resources: load });
    const captured = video.captureStream();
    video.src = "https://elsewhere.example/clip.webm";
    await nextEvent(captured, "addtrack");
    expect(answers).toMatchObject({ mode: "no-cors", credentials: "same-origin" });
    expect(captured.getTracks().map(({ muted }) => muted)).toEqual([true, true]);
    video.setAttribute("crossorigin", "use-credentials");
    const again = nextEvent(video, "loadeddata");
    video.load();
    await again;
    expect(answers).toMatchObject({ mode: "cors", credentials: "include" });
    expect(captured.getTracks().map(({ muted }) => muted)).toEqual([false, false]);
  });

  it.each([
    { origin: "the page's own", isOwn: true },
    { origin: "another", isOwn: false },
  ])("are loaded from $origin as the window would load them", async ({ isOwn }) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.origin);
      response.end(readFileSync(clip));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const url = isOwn ? address : "https://example.com/";
    const page = () => new JSDOM("<video></video>", { url }).window;
    const { video } = open(page, { resources: "usable" });
    video.src = `${address}clip.webm`;
    await nextEvent(video, "loadedmetadata");
    expect(video.captureStream().getTracks()[0]?.muted).toBe(!isOwn);
    // Asked whether this origin may see it, the server says nothing.
    video.setAttribute("crossorigin", "anonymous");
    const outcome = nextEvent(video, isOwn ? "loadedmetadata" : "error");
    video.load();
    await outcome;
    expect(asked).toEqual([undefined, isOwn ? undefined : "https://example.com"]);
  });

  it("fail with an error when they aren't there", async () => {
    const resources = async () => new Response("", { status: 404 });
    const { video } = open(windows.jsdom, { resources });
    video.src = "/missing.webm";
    await nextEvent(video, "error");
    expect(video.error).toMatchObject({ code: 4, message: expect.stringContaining("404") });
  });
});

describe("URL.createObjectURL() of jsdom", () => {
  it("takes blobs alone, and forgets what is revoked", async () => {
    const { window, video } = open(windows.jsdom);
    const { createObjectURL, revokeObjectURL } = window.URL;
    expect(() => createObjectURL({} as Blob)).toThrow(window.TypeError ?? TypeError);
    const url = blobUrl(window, clip);
    expect(url).toMatch(/^blob:https:\/\/example\.com\//);
    revokeObjectURL(url);
    video.src = url;
    await nextEvent(video, "error");
    expect(video.error).toMatchObject({ code: 4 });
  });

  it("leaves no file behind of what was played", async () => {
    const temporary = temporaryFolder();
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = temporary;
    onTestFinished(() => {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    });
    const { window, video } = open(windows.jsdom);
    writeFileSync(join(temporary, "witness"), "");
    video.src = blobUrl(window, clip);
    await nextEvent(video, "canplay");
    expect(readdirSync(temporary)).toEqual(["witness"]);
  });
});
