import { describe, expect, it, vi } from "vitest";

import { MediaStreamTrackEvent } from "../../../../src/web/track/media-stream-track-event.ts";
import { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import { fakeWorld } from "../../../support/fake-world.ts";

async function capture(): Promise<MediaStream> {
  return await fakeWorld().mediaDevices.getUserMedia({ audio: true, video: true });
}

describe("MediaStream", () => {
  it("is empty, inactive and has an id of its own when made from nothing", () => {
    const stream = new MediaStream();
    expect(stream.getTracks()).toEqual([]);
    expect(stream.active).toBe(false);
    expect(stream.id).toMatch(/^[\x21-\x7e]{36}$/u);
    expect(new MediaStream().id).not.toBe(stream.id);
  });

  it("shares the tracks of a stream or a list, each once", async () => {
    const stream = await capture();
    const [audio, video] = stream.getTracks();
    if (!audio || !video) throw new Error("no tracks");
    expect(new MediaStream(stream).getTracks()).toEqual([audio, video]);
    expect(new MediaStream(new Set([video])).getTracks()).toEqual([video]);
    expect(new MediaStream([video, audio, video]).getTracks()).toEqual([video, audio]);
  });

  it.each([[undefined], [null], [1], ["tracks"], [{}], [[{}]], [[null]]])(
    "refuses to be made from %j",
    (source) => {
      const Constructor = MediaStream as unknown as new (source: unknown) => MediaStream;
      expect(() => new Constructor(source)).toThrow(TypeError);
    },
  );

  it("finds tracks by kind and id", async () => {
    const stream = await capture();
    const [audio] = stream.getAudioTracks();
    const [video] = stream.getVideoTracks();
    expect([audio?.kind, video?.kind]).toEqual(["audio", "video"]);
    expect(stream.getTrackById(video?.id ?? "")).toBe(video);
    expect(stream.getTrackById("unknown")).toBeNull();
  });

  it("adds and removes tracks at a script's wish without an event", async () => {
    const stream = await capture();
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error("no track");
    const listener = vi.fn<() => void>();
    stream.onaddtrack = listener;
    stream.onremovetrack = listener;
    stream.removeTrack(track);
    stream.removeTrack(track);
    expect(stream.getVideoTracks()).toEqual([]);
    expect(track.readyState).toBe("live");
    stream.addTrack(track);
    stream.addTrack(track);
    expect(stream.getVideoTracks()).toEqual([track]);
    expect(listener).not.toHaveBeenCalled();
  });

  it("is active while some track is live", async () => {
    const stream = await capture();
    const [audio, video] = stream.getTracks();
    audio?.stop();
    expect(stream.active).toBe(true);
    video?.stop();
    expect(stream.active).toBe(false);
  });

  it("clones into a stream of cloned tracks that live on", async () => {
    const stream = await capture();
    const clone = stream.clone();
    for (const track of stream.getTracks()) track.stop();
    expect(clone.id).not.toBe(stream.id);
    expect(clone.getTracks().map(({ kind, readyState }) => [kind, readyState])).toEqual([
      ["audio", "live"],
      ["video", "live"],
    ]);
    expect(stream.clone().active).toBe(false);
  });

  it("tells what its event handler is, in the order in which it was set first", () => {
    const stream = new MediaStream();
    const order: string[] = [];
    stream.onaddtrack = () => order.push("first handler");
    stream.addEventListener("addtrack", () => order.push("listener"));
    stream.onaddtrack = () => order.push("handler");
    stream.dispatchEvent(new Event("addtrack"));
    expect(order).toEqual(["handler", "listener"]);
    stream.onaddtrack = null;
    stream.onaddtrack = () => order.push("handler again");
    order.length = 0;
    stream.dispatchEvent(new Event("addtrack"));
    expect(order).toEqual(["listener", "handler again"]);
  });

  it("keeps any object as an event handler, and takes the rest as null", () => {
    const stream = new MediaStream() as unknown as Record<string, unknown>;
    const object = {};
    stream["onaddtrack"] = object;
    expect(stream["onaddtrack"]).toBe(object);
    stream["onaddtrack"] = 1;
    expect(stream["onaddtrack"]).toBeNull();
  });
});

describe("MediaStreamTrackEvent", () => {
  it("carries its track", async () => {
    const [track] = (await capture()).getTracks();
    if (!track) throw new Error("no track");
    const event = new MediaStreamTrackEvent("addtrack", { track, cancelable: true });
    expect(event).toMatchObject({ type: "addtrack", cancelable: true, bubbles: false });
    expect(event.track).toBe(track);
  });

  it.each([
    [[]],
    [["type"]],
    [["type", {}]],
    [["type", { track: null }]],
    [["type", { track: {} }]],
  ])("refuses the arguments %j", (values) => {
    expect(() => Reflect.construct(MediaStreamTrackEvent, values)).toThrow(TypeError);
  });
});
