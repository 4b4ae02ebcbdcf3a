// Before jsdom, which looks for a canvas package as it is imported.
import "../../../conformance/runner/canvas-for-jsdom.ts";
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { afterEach, expect, test } from "vitest";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import type { Clock } from "../../../../src/engine/contract.ts";
import type { MediaCapture } from "../../../../src/world/create-media-capture.ts";
import type { DomWindow } from "../../../../src/dom/dom-window.ts";
import { installMediaCapture } from "../../../../src/dom/index.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import type { VideoFrame } from "../../../../src/media/video-frame.ts";
import { ImageCapture } from "../../../../src/web/image-capture/image-capture.ts";
import { MediaStreamTrackProcessor } from "../../../../src/web/transform/media-stream-track-processor.ts";
import type { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import type { MediaStreamTrack } from "../../../../src/web/track/media-stream-track.ts";
import { nextEvent } from "../../../support/dom-windows.ts";
import { makeMediaFile } from "../../../support/media-file.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

interface Canvas {
  width: number;
  height: number;
  getContext(id: "2d"): CanvasPainter;
  captureStream(frameRate?: number): MediaStream;
}

interface CanvasPainter {
  fillStyle: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  drawImage(image: unknown, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
}

interface Video extends EventTarget {
  srcObject: MediaStream | null;
}

type CanvasTrack = MediaStreamTrack & { requestFrame(): void; readonly canvas: Canvas };

const open: MediaCapture[] = [];
afterEach(async () => {
  for (const capture of open.splice(0)) await capture.close();
  expect(openFrameCount()).toBe(0);
});

function canvases(clock?: Clock): { window: DomWindow; first: Canvas; second: Canvas } {
  const html = "<canvas width=4 height=2></canvas><canvas width=4 height=2></canvas>";
  const window = new JSDOM(html).window as unknown as DomWindow;
  open.push(installMediaCapture(window, { backends: [], ...(clock && { clock }) }));
  const { document } = window as unknown as {
    document: { querySelectorAll(name: string): Canvas[] };
  };
  const [first, second] = document.querySelectorAll("canvas");
  if (!first || !second) throw new Error("no canvases");
  return { window, first, second };
}

function captured(canvas: Canvas, frameRate?: number) {
  const [track] = canvas.captureStream(frameRate).getVideoTracks();
  if (!track) throw new Error("no track");
  const processor = new MediaStreamTrackProcessor<VideoFrame>({ track });
  return { track: track as CanvasTrack, reader: processor.readable.getReader() };
}

async function redOf(frame: VideoFrame | undefined): Promise<number | undefined> {
  const pixels = new Uint8Array(frame?.allocationSize() ?? 0);
  await frame?.copyTo(pixels);
  frame?.close();
  return pixels[0];
}

test("What is painted on a canvas comes out of its track, once for each task", async () => {
  const { first, window } = canvases();
  const context = first.getContext("2d");
  const { reader, track } = captured(first);
  expect(track.canvas).toBe(first);
  expect(track).toBeInstanceOf(Reflect.get(window, "CanvasCaptureMediaStreamTrack"));
  expect(track.stats).toBeNull();
  for (const red of [10, 20]) {
    context.fillStyle = `rgb(${red} 0 0)`;
    context.fillRect(0, 0, 4, 2);
  }
  const { value } = await reader.read();
  expect(value).toMatchObject({ codedWidth: 4, codedHeight: 2 });
  expect(await redOf(value)).toBe(20);
  track.stop();
});

test("With a frame rate of 0, requestFrame() alone makes pictures", async () => {
  const { first } = canvases();
  const context = first.getContext("2d");
  const { reader, track } = captured(first, 0);
  context.fillStyle = "rgb(10 0 0)";
  context.fillRect(0, 0, 4, 2);
  expect(await redOf((await reader.read()).value)).toBe(10);
  context.fillStyle = "rgb(20 0 0)";
  context.fillRect(0, 0, 4, 2);
  const next = reader.read();
  let isThere = false;
  void next.then(() => (isThere = true));
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(isThere).toBe(false);
  track.requestFrame();
  expect(await redOf((await next).value)).toBe(20);
  track.stop();
});

test("With a given frame rate, what is painted sooner waits, and the last of it is shown", async () => {
  const clock = new ManualClock();
  const { first } = canvases(clock);
  const context = first.getContext("2d");
  const { reader, track } = captured(first, 10);
  const paint = (red: number): void => {
    context.fillStyle = `rgb(${red} 0 0)`;
    context.fillRect(0, 0, 4, 2);
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  paint(10);
  const { value: shown } = await reader.read();
  const firstUs = shown?.timestamp ?? NaN;
  expect(await redOf(shown)).toBe(10);
  const next = reader.read();
  let isThere = false;
  void next.then(() => (isThere = true));
  paint(20);
  await turn();
  await clock.advance(60);
  paint(30);
  await clock.advance(39);
  await turn();
  expect(isThere).toBe(false);
  await clock.advance(1);
  const { value: second } = await next;
  expect((second?.timestamp ?? NaN) - firstUs).toBe(100_000);
  expect(await redOf(second)).toBe(30);
  track.stop();
});

test("A picture that was painted before is grabbed, and drawn on another canvas", async () => {
  const { first, second } = canvases();
  const context = first.getContext("2d");
  context.fillStyle = "rgb(30 0 0)";
  context.fillRect(0, 0, 4, 2);
  const [track] = first.captureStream().getVideoTracks();
  if (!track) throw new Error("no track");
  const picture = await new ImageCapture(track).grabFrame();
  second.getContext("2d").drawImage(picture, 0, 0);
  expect(second.getContext("2d").getImageData(3, 1, 1, 1).data[0]).toBe(30);
  track.stop();
});

test("drawImage() draws the picture that a video element shows", async () => {
  const { first, second, window } = canvases();
  const context = first.getContext("2d");
  context.fillStyle = "rgb(90 0 0)";
  const { document } = window as unknown as { document: { createElement(name: string): Video } };
  const video = document.createElement("video");
  video.srcObject = first.captureStream();
  context.fillRect(0, 0, 4, 2);
  await new Promise((resolve) => video.addEventListener("loadeddata", resolve, { once: true }));
  second.getContext("2d").drawImage(video, 0, 0);
  expect(second.getContext("2d").getImageData(3, 1, 1, 1).data[0]).toBe(90);
  video.srcObject?.getTracks()[0]?.stop();
  video.srcObject = null;
});

test("What is no canvas, or no rate, is refused with the window's errors", () => {
  const { first, window } = canvases();
  const { captureStream } = window.HTMLCanvasElement.prototype as unknown as Canvas;
  const { TypeError: WindowTypeError = TypeError } = window;
  expect(() => captureStream.call(null as unknown as Canvas)).toThrow(WindowTypeError);
  expect(() => first.captureStream(-1)).toThrow(
    expect.objectContaining({ name: "NotSupportedError" }),
  );
});

test.each([
  { origin: "its own", address: "https://example.com/clip.webm", isSeen: true },
  { origin: "another", address: "https://elsewhere.example/clip.webm", isSeen: false },
])(
  "A canvas draws the picture of a file of $origin origin as scripts may see it",
  async ({ address, isSeen }) => {
    const clip = makeMediaFile(temporaryFolder(), {
      name: "clip.webm",
      seconds: 1,
      tracks: "video",
    });
    const resources = async () => new Response(readFileSync(clip));
    const { window } = new JSDOM("<canvas></canvas><video></video>", {
      url: "https://example.com/",
    });
    open.push(installMediaCapture(window, { backends: [], resources }));
    const video = window.document.querySelector("video") as HTMLVideoElement;
    const canvas = window.document.querySelector("canvas") as unknown as Canvas;
    const painter = canvas.getContext("2d");
    // There is no picture yet, so nothing is drawn.
    painter.drawImage(video, 0, 0);
    video.src = address;
    await nextEvent(video, "loadeddata");
    painter.drawImage(video, 0, 0);
    const { data } = painter.getImageData(0, 0, 100, 100);
    const brightest = data.reduce(
      (most, value, at) => (at % 4 === 3 ? most : Math.max(most, value)),
      0,
    );
    expect([brightest > 200, data[3]]).toEqual([isSeen, 255]);
  },
);

test("a track's settings follow the size of its canvas, whether or not it was painted", async () => {
  const { first } = canvases();
  const [track] = first.captureStream().getVideoTracks();
  if (!track) throw new Error("no track");
  expect(track.getSettings()).toMatchObject({ width: 4, height: 2, aspectRatio: 2 });
  first.width = 200;
  first.height = 50;
  expect(track.getSettings()).toMatchObject({ width: 200, height: 50, aspectRatio: 4 });
  track.stop();
  first.width = 300;
  expect(track.getSettings()).toEqual({});
});
