import { describe, expect, it, onTestFinished, vi } from "vitest";

import { SyntheticBackend } from "../../../../src/backends/synthetic/index.ts";
import type { DomWindow } from "../../../../src/dom/dom-window.ts";
import { installMediaCapture } from "../../../../src/dom/index.ts";
import { systemClock } from "../../../../src/engine/clock/system-clock.ts";
import { frames } from "../../../../src/readers/readers.ts";
import type { MediaStreamTrack } from "../../../../src/web/track/media-stream-track.ts";
import type { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import type { MediaElementUnderTest } from "../../../support/dom-player.ts";
import { granting, nextEvent as next, noteEvents, windows } from "../../../support/dom-windows.ts";

function open(make: () => DomWindow, name: "video" | "audio") {
  const window = make();
  const backends = [new SyntheticBackend({ clock: systemClock })];
  const capture = installMediaCapture(window, { backends, permission: granting });
  onTestFinished(() => capture.close());
  const { document } = window as unknown as {
    document: { querySelector(name: string): MediaElementUnderTest };
  };
  const stream = () => capture.navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  return { element: document.querySelector(name), stream };
}

const kinds = (stream: MediaStream): string[] =>
  stream.getTracks().map(({ kind, readyState }) => `${kind} ${readyState}`);

describe.each(Object.entries(windows))(
  "captureStream() of a media element of %s",
  (_name, make) => {
    it("gives tracks of its own of what the element plays", async () => {
      const { element, stream } = open(make, "video");
      const source = await stream();
      element.srcObject = source;
      const captured = element.captureStream();
      expect(kinds(captured)).toEqual(["video live", "audio live"]);
      const ids = new Set([...source.getTracks(), ...captured.getTracks()].map(({ id }) => id));
      expect(ids.size).toBe(4);
      for await (const picture of frames(captured.getVideoTracks()[0] as MediaStreamTrack)) {
        expect(picture).toMatchObject({ width: 640, height: 480 });
        break;
      }
      // They may be stopped without harm to what is played.
      for (const track of captured.getTracks()) track.stop();
      expect(kinds(source)).toEqual(["audio live", "video live"]);
    });

    it("gives no picture of an audio element, and nothing of one that plays nothing", async () => {
      const { element, stream } = open(make, "audio");
      expect(kinds(element.captureStream())).toEqual([]);
      element.srcObject = await stream();
      expect(kinds(element.captureStream())).toEqual(["audio live"]);
    });

    it("follows the element from one stream to the next, and to none", async () => {
      const { element, stream } = open(make, "video");
      const captured = element.captureStream();
      const added = next(captured, "addtrack");
      element.srcObject = await stream();
      await added;
      const [first] = captured.getVideoTracks();
      const ended = next(first as MediaStreamTrack, "ended");
      element.srcObject = await stream();
      await ended;
      expect(kinds(captured)).toEqual(["video live", "audio live"]);
      expect(captured.getVideoTracks()[0]).not.toBe(first);
      const removed = next(captured, "removetrack");
      element.srcObject = null;
      await removed;
      expect(kinds(captured)).toEqual([]);
    });

    it("fires emptied once, and nothing of jsdom's, when srcObject is set to null and load() called", async () => {
      const { element, stream } = open(make, "video");
      const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
      element.srcObject = await stream();
      await element.play();
      const fired = noteEvents(element, ["emptied", "abort", "error"]);
      element.srcObject = null;
      element.load();
      await new Promise((resolve) => setTimeout(resolve));
      element.load();
      await new Promise((resolve) => setTimeout(resolve));
      expect(fired).toEqual(["emptied"]);
      expect(said).not.toHaveBeenCalled();
      said.mockRestore();
    });

    it.each<[string, (element: MediaElementUnderTest) => void]>([
      ["srcObject is null", (element) => (element.srcObject = null)],
      [
        "srcObject is null and load() is called",
        (element) => {
          element.srcObject = null;
          element.load();
        },
      ],
    ])("leaves no captured track once %s", async (_how, reset) => {
      const { element, stream } = open(make, "video");
      element.srcObject = await stream();
      const captured = element.captureStream();
      const tracks = captured.getTracks();
      const removed = next(captured, "removetrack");
      reset(element);
      await removed;
      expect(captured.getTracks()).toEqual([]);
      await vi.waitFor(() => {
        expect(tracks.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
      });
    });

    it("ends a track when the one that is played is stopped or taken away", async () => {
      const { element, stream } = open(make, "video");
      const source = await stream();
      element.srcObject = source;
      const captured = element.captureStream();
      const [video] = captured.getVideoTracks();
      const [audio] = captured.getAudioTracks();
      const ends = [video, audio].map((track) => next(track as MediaStreamTrack, "ended"));
      source.getVideoTracks()[0]?.stop();
      source.removeTrack(source.getAudioTracks()[0] as MediaStreamTrack);
      await Promise.all(ends);
      expect(kinds(captured)).toEqual([]);
      for (const track of source.getTracks()) track.stop();
    });

    it("says that an element whose file the window leaves alone can't be captured", () => {
      const { element } = open(make, "video");
      element.setAttribute("src", "clip.webm");
      expect(() => element.captureStream()).toThrow(/isn't played here/);
    });
  },
);
