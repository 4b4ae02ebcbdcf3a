import { afterEach, describe, expect, it } from "vitest";
import { SyntheticBackend } from "../../../src/backends/synthetic/index.ts";
import type { MediaCapture } from "../../../src/world/create-media-capture.ts";
import type { DomWindow } from "../../../src/dom/dom-window.ts";
import { installMediaCapture } from "../../../src/dom/index.ts";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import type { MediaStream } from "../../../src/web/stream/media-stream.ts";
import { granting, nextEvent, noteEvents, windows } from "../../support/dom-windows.ts";

/** A video element, as this test uses it. */
interface Video extends EventTarget {
  srcObject: unknown;
  currentTime: number;
  readonly readyState: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly preload: string;
  getVideoPlaybackQuality(): { totalVideoFrames: number; creationTime: number };
  play(): Promise<void>;
  pause(): void;
  requestVideoFrameCallback(callback: (now: number, metadata: object) => void): number;
  setAttribute(name: string, value: string): void;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const capture of open.splice(0)) await capture.close();
});

function install(make: () => DomWindow): { window: DomWindow; capture: MediaCapture } {
  const window = make();
  const backends = [new SyntheticBackend({ clock: systemClock })];
  const capture = installMediaCapture(window, { backends, permission: granting });
  open.push(capture);
  return { window, capture };
}

function element(window: DomWindow, name: "video" | "audio"): Video {
  const { document } = window as unknown as { document: { querySelector(name: string): Video } };
  return document.querySelector(name);
}

describe.each(Object.entries(windows))("media capture in a window of %s", (_name, make) => {
  it("is there as a page would see it, made of the window's own classes", async () => {
    const { window, capture } = install(make);
    const { mediaDevices } = window.navigator as { mediaDevices: MediaCapture["mediaDevices"] };
    expect(mediaDevices).toBe(capture.mediaDevices);
    expect(mediaDevices).toBeInstanceOf(window.EventTarget);
    const stream = await mediaDevices.getUserMedia({ video: true });
    expect(stream).toBeInstanceOf(Reflect.get(window, "MediaStream"));
    expect(stream).toBeInstanceOf(window.EventTarget);
    const refused = mediaDevices.getUserMedia({ video: { width: { exact: 7777 } } });
    await expect(refused).rejects.toBeInstanceOf(window.DOMException);
  });

  it("gives a video element its metadata and first frame, in order, without playing", async () => {
    const { window, capture } = install(make);
    const video = element(window, "video");
    const order = ["loadstart", "durationchange", "resize", "loadedmetadata", "loadeddata"];
    const fired = noteEvents(video, [
      ...order,
      "canplay",
      "canplaythrough",
      "playing",
      "timeupdate",
    ]);
    video.srcObject = await capture.mediaDevices.getUserMedia({
      video: { width: 320, height: 240 },
    });
    expect([video.readyState, video.duration]).toEqual([0, Number.NaN]);
    await nextEvent(video, "canplaythrough");
    expect(fired).toEqual([...order, "canplay", "canplaythrough"]);
    expect([video.videoWidth, video.videoHeight]).toEqual([320, 240]);
    expect([video.readyState, video.duration]).toEqual([4, Infinity]);
    expect(video.paused).toBe(true);
  });

  it("plays, pauses and ends with the stream", async () => {
    const { window, capture } = install(make);
    const video = element(window, "video");
    const stream = await capture.mediaDevices.getUserMedia({ video: true });
    video.srcObject = stream;
    await video.play();
    await nextEvent(video, "timeupdate");
    expect(video.currentTime).toBeGreaterThan(0);
    const before = video.currentTime;
    video.currentTime = 42;
    expect(video.currentTime).toBe(before);
    video.pause();
    expect((await nextEvent(video, "pause")).type).toBe("pause");
    await video.play();
    const ended = nextEvent(video, "ended");
    for (const track of stream.getTracks()) track.stop();
    await ended;
    expect([video.ended, video.duration]).toEqual([true, video.currentTime]);
  });

  it("rejects play() that pause() or another stream comes in between of", async () => {
    const { window, capture } = install(make);
    const video = element(window, "video");
    const stream = await capture.mediaDevices.getUserMedia({ video: true });
    video.srcObject = stream;
    const paused = video.play();
    video.pause();
    await expect(paused).rejects.toMatchObject({ name: "AbortError" });
    const replaced = video.play();
    video.srcObject = null;
    await expect(replaced).rejects.toMatchObject({ name: "AbortError" });
    expect(video.srcObject).toBeNull();
  });

  it("starts by itself with autoplay, and calls back for each frame", async () => {
    const { window, capture } = install(make);
    const video = element(window, "video");
    video.setAttribute("autoplay", "");
    const metadata = new Promise((resolve) => {
      video.requestVideoFrameCallback((_now, frame) => resolve(frame));
    });
    video.srcObject = await capture.mediaDevices.getUserMedia({ video: true });
    expect(video.getVideoPlaybackQuality().totalVideoFrames).toBe(0);
    await nextEvent(video, "playing");
    expect(await metadata).toMatchObject({ width: 640, height: 480, presentedFrames: 1 });
    const quality = video.getVideoPlaybackQuality();
    expect(quality).toMatchObject({ droppedVideoFrames: 0, corruptedVideoFrames: 0 });
    expect(quality.totalVideoFrames).toBeGreaterThan(0);
  });

  it("goes on with an audio element until its last audio track ends", async () => {
    const { window, capture } = install(make);
    const audio = element(window, "audio");
    const stream: MediaStream = await capture.mediaDevices.getUserMedia({
      audio: true,
      video: true,
    });
    audio.srcObject = stream;
    await audio.play();
    const ended = nextEvent(audio, "ended");
    for (const track of stream.getAudioTracks()) stream.removeTrack(track);
    await ended;
    expect(stream.active).toBe(true);
  });
});

describe("a window of jsdom that was closed", () => {
  it("records nothing for a document that is gone", async () => {
    const { window, capture } = install(windows.jsdom);
    const stream = await capture.mediaDevices.getUserMedia({ video: true });
    const { MediaRecorder } = window as unknown as {
      MediaRecorder: new (stream: MediaStream) => { start(): void };
    };
    const recorder = new MediaRecorder(stream);
    (window as unknown as { close(): void }).close();
    const refusal = expect.objectContaining({ name: "NotSupportedError" });
    expect(() => recorder.start()).toThrow(refusal);
    expect(() => new MediaRecorder(stream)).toThrow(refusal);
  });
});

describe("what jsdom's own media elements do", () => {
  it("stays as it was for anything but streams", () => {
    const { window } = install(windows.jsdom);
    const video = element(window, "video");
    expect([video.readyState, video.paused, video.preload, video.srcObject]).toEqual([
      0,
      true,
      "",
      null,
    ]);
    expect(() => {
      video.srcObject = {};
    }).toThrow(window.TypeError ?? TypeError);
  });
});
