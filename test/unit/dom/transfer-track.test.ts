import { Window as HappyWindow } from "happy-dom";
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, it } from "vitest";
import { SyntheticBackend } from "../../../src/backends/synthetic/index.ts";
import type { MediaCapture } from "../../../src/world/create-media-capture.ts";
import type { DomWindow } from "../../../src/dom/dom-window.ts";
import { installMediaCapture, transferTrack } from "../../../src/dom/index.ts";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import type { PermissionBroker } from "../../../src/permission/contract.ts";
import type { MediaStreamTrack } from "../../../src/web/track/media-stream-track.ts";
import { MediaStreamTrackProcessor } from "../../../src/web/transform/media-stream-track-processor.ts";

/** Counts what it is shown to be captured. */
class Captures {
  running = 0;
  readonly permission: PermissionBroker = {
    query: () => "granted",
    request: ({ kinds }) => Promise.resolve(kinds.map(({ name }) => ({ name, state: "granted" }))),
    watch: () => () => {},
    deviceIdSalt: () => "salt",
    captureStarted: () => {
      this.running += 1;
      return () => (this.running -= 1);
    },
  };
}

const makers = {
  jsdom: () => new JSDOM("", { url: "https://example.com/" }).window as unknown as DomWindow,
  "happy-dom": () => new HappyWindow({ url: "https://example.com/" }) as unknown as DomWindow,
};

const open: MediaCapture[] = [];
afterEach(async () => {
  for (const capture of open.splice(0)) await capture.close();
});

describe.each(Object.entries(makers))("a track transferred between windows of %s", (_, make) => {
  function install(captures = new Captures()): { window: DomWindow; capture: MediaCapture } {
    const window = make();
    const backends = [new SyntheticBackend({ clock: systemClock })];
    const capture = installMediaCapture(window, { backends, permission: captures.permission });
    open.push(capture);
    return { window, capture };
  }

  async function cameraTrack(capture: MediaCapture): Promise<MediaStreamTrack> {
    const stream = await capture.mediaDevices.getUserMedia({ video: { width: 320 } });
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error("The stream has no video.");
    return track;
  }

  it("is a new object of the other window, the same in everything else", async () => {
    const { capture } = install();
    const other = install();
    const track = await cameraTrack(capture);
    const { id, kind, label } = track;
    track.contentHint = "detail";
    track.enabled = false;
    const settings = track.getSettings();
    const received = transferTrack(track, other.window);
    expect(received).toBeInstanceOf(Reflect.get(other.window, "MediaStreamTrack"));
    expect(received).toBeInstanceOf(other.window.EventTarget);
    expect(received).toMatchObject({ id, kind, label, readyState: "live", muted: false });
    expect(received).toMatchObject({ contentHint: "detail", enabled: false });
    expect(received.getSettings()).toEqual(settings);
    expect(received.getConstraints()).toEqual({ width: 320 });
  });

  it("goes on giving frames, while the one it was has ended without an event", async () => {
    const { capture } = install();
    const track = await cameraTrack(capture);
    const fired: string[] = [];
    track.onended = ({ type }) => void fired.push(type);
    const received = transferTrack(track, install().window);
    expect(track.readyState).toBe("ended");
    const reader = new MediaStreamTrackProcessor({ track: received }).readable.getReader();
    const { value: frame } = await reader.read();
    expect(frame).toMatchObject({ displayWidth: 320 });
    frame?.close();
    await reader.cancel();
    expect(fired).toEqual([]);
  });

  it("can't be transferred twice, nor to a window without media capture", async () => {
    const { capture, window } = install();
    const track = await cameraTrack(capture);
    expect(() => transferTrack(track, make())).toThrow(TypeError);
    expect(track.readyState).toBe("live");
    transferTrack(track, install().window);
    expect(() => transferTrack(track, install().window)).toThrow(window.DOMException);
  });

  it("stays a capture of the window it began in, and ends with it", async () => {
    const captures = new Captures();
    const { capture } = install(captures);
    const other = new Captures();
    const received = transferTrack(await cameraTrack(capture), install(other).window);
    expect([captures.running, other.running]).toEqual([1, 0]);
    const ended = new Promise((resolve) => (received.onended = resolve));
    await capture.close();
    await ended;
    expect([received.readyState, captures.running]).toEqual(["ended", 0]);
  });
});
