import { spawnSync } from "node:child_process";

import { Window as HappyWindow } from "happy-dom";
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";

import type { VideoFrame } from "../../../src/media/video-frame.ts";
import { VirtualDevices, type MediaRequest } from "../../../src/testing/index.ts";

let cleanUp: (() => Promise<void>) | undefined;
afterEach(async () => {
  await cleanUp?.();
  cleanUp = undefined;
});

/** Everything that an installation could change. */
function snapshot(target: object): unknown[] {
  const names = ["HTMLMediaElement", "HTMLVideoElement", "HTMLCanvasElement"];
  const prototypes = names.map(
    (name) => (Reflect.get(target, name) as { prototype: object })?.prototype,
  );
  const navigator: unknown = Reflect.get(target, "navigator");
  const objects = [target, ...prototypes, navigator && Object.getPrototypeOf(navigator)];
  return objects.map((each) => each && Object.getOwnPropertyDescriptors(each));
}

const targets = {
  "Node's globalThis": () => globalThis,
  jsdom: () => new JSDOM("<video></video>", { url: "https://example.com/" }).window,
  "happy-dom": () => new HappyWindow({ url: "https://example.com/" }),
};

type Navigated = { navigator: Navigator & { getUserMedia: unknown }; MediaStream: typeof Object };

interface Navigator {
  readonly mediaDevices: VirtualDevices["mediaDevices"];
  readonly permissions: { query(descriptor: object): Promise<{ state: string }> };
}

describe.each(Object.entries(targets))("install() in %s", (_name, make) => {
  test("gives what a page sees, over the devices of the room", async () => {
    const target = make() as unknown as Navigated;
    const devices = new VirtualDevices();
    const uninstall = devices.install(target as object);
    const { navigator } = target;
    const camera = devices.addCamera({ label: "Front" });
    expect(navigator.mediaDevices).toBe(devices.mediaDevices);
    expect(navigator.getUserMedia).toBeTypeOf("function");
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    expect(stream).toBeInstanceOf(target.MediaStream);
    expect(devices.calls).toMatchObject([{ chosen: [{ device: camera }] }]);
    devices.permission.deny("camera");
    expect((await navigator.permissions.query({ name: "camera" })).state).toBe("denied");
    await uninstall();
    expect(camera.isLive).toBe(false);
  });

  test("restores exactly what was there, and can be done again", async () => {
    const target = make() as unknown as object;
    const before = snapshot(target);
    for (let round = 0; round < 2; round++) {
      const uninstall = new VirtualDevices().install(target);
      expect(snapshot(target)).not.toEqual(before);
      await uninstall();
      expect(snapshot(target)).toEqual(before);
      await uninstall();
    }
  });

  test("what a test puts there itself stays", async () => {
    const target = make() as unknown as object;
    const uninstall = new VirtualDevices().install(target);
    const own = (): void => undefined;
    Object.defineProperty(target, "MediaStream", { value: own, configurable: true });
    await uninstall();
    expect(Reflect.get(target, "MediaStream")).toBe(own);
    Reflect.deleteProperty(target, "MediaStream");
  });
});

test("a video element of the window plays the virtual camera", async () => {
  const { window } = new JSDOM("<video></video>", { url: "https://example.com/" });
  const devices = new VirtualDevices();
  const uninstall = devices.install(window);
  devices.addCamera({ modes: [{ width: 320, height: 240 }] });
  const video = window.document.querySelector("video") as HTMLVideo;
  video.srcObject = await devices.mediaDevices.getUserMedia({ video: true });
  await video.play();
  expect([video.videoWidth, video.videoHeight]).toEqual([320, 240]);
  await uninstall();
});

test("a video element ends when its camera is unplugged, after the track said so", async () => {
  const { window } = new JSDOM("<video></video>", { url: "https://example.com/" });
  const devices = new VirtualDevices();
  const uninstall = devices.install(window);
  const camera = devices.addCamera();
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const video = window.document.querySelector("video") as unknown as HTMLVideo & EventTarget;
  video.srcObject = stream;
  await video.play();
  const order: string[] = [];
  stream.getVideoTracks()[0]?.addEventListener("ended", () => order.push("track"));
  const ended = new Promise((resolve) => video.addEventListener("ended", resolve));
  camera.unplug();
  await ended;
  order.push("element");
  expect(order).toEqual(["track", "element"]);
  await uninstall();
});

test("a program ends by itself whatever its elements still hold, once nothing is captured", () => {
  const program = `
    import { JSDOM } from "jsdom";
    import { VirtualDevices } from "node-usermedia/testing";
    for (const endedBy of ["unplugging", "uninstalling"]) {
      const { window } = new JSDOM("<video></video>", { url: "https://example.com/" });
      const devices = new VirtualDevices();
      const uninstall = devices.install(window);
      const camera = devices.addCamera();
      const video = window.document.querySelector("video");
      video.srcObject = await window.navigator.mediaDevices.getUserMedia({ video: true });
      await video.play();
      if (endedBy === "unplugging") camera.unplug();
      else await uninstall();
    }`;
  const { signal, status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { encoding: "utf8", timeout: 30_000 },
  );
  expect({ signal, status, stderr }).toEqual({ signal: null, status: 0, stderr: "" });
}, 40_000);

interface HTMLVideo {
  srcObject: unknown;
  readonly videoWidth: number;
  readonly videoHeight: number;
  play(): Promise<void>;
}

test("a window without streams gets Node's for the time, and reads a track's frames with them", async () => {
  const { window } = new JSDOM("", { url: "https://example.com/" });
  const devices = new VirtualDevices();
  const uninstall = devices.install(window);
  devices.addCamera();
  const { MediaStreamTrackProcessor, ReadableStream, WritableStream } =
    window as unknown as typeof globalThis & { MediaStreamTrackProcessor: typeof Processor };
  const [track] = (await devices.mediaDevices.getUserMedia({ video: true })).getTracks();
  const { readable } = new MediaStreamTrackProcessor({ track });
  expect(readable).toBeInstanceOf(ReadableStream);
  const abort = new AbortController();
  const taken = new Promise<VideoFrame>((resolve) => {
    const write = (frame: VideoFrame): void => resolve(frame);
    const sink = new WritableStream<VideoFrame>({ write });
    void readable.pipeTo(sink, abort).catch(() => undefined);
  });
  (await taken).close();
  abort.abort();
  await uninstall();
  expect("ReadableStream" in window).toBe(false);
});

test("install(window, { resources }) has elements play files that a function loads", async () => {
  const { window } = new JSDOM("<video></video>", { url: "https://example.com/" });
  const asked = new Promise((resolve) => {
    const resources = ({ url }: MediaRequest): Promise<Response> => {
      resolve(url);
      return Promise.resolve(new Response("", { status: 404 }));
    };
    cleanUp = new VirtualDevices().install(window, { resources });
  });
  const video = window.document.querySelector("video") as unknown as HTMLVideo & { src: string };
  video.src = "/clip.webm";
  expect(await asked).toBe("https://example.com/clip.webm");
});

declare class Processor {
  constructor(init: { track: unknown });
  readonly readable: ReadableStream<VideoFrame>;
}
