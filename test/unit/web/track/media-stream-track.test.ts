import { describe, expect, it, vi } from "vitest";

import { MediaStreamTrack } from "../../../../src/web/track/media-stream-track.ts";
import { VideoTrackGenerator } from "../../../../src/web/transform/video-track-generator.ts";
import type { FakeTrack } from "../../../support/fake-engine.ts";
import { fakeWorld, tasks } from "../../../support/fake-world.ts";
import type { FakeWorld } from "../../../support/fake-world.ts";

async function videoTrack(): Promise<{
  world: FakeWorld;
  track: MediaStreamTrack;
  source: FakeTrack;
}> {
  const world = fakeWorld();
  const stream = await world.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getVideoTracks();
  const source = world.engine.opened[0]?.track;
  if (!track || !source) throw new Error("no track");
  return { world, track, source };
}

describe("MediaStreamTrack", () => {
  it("can't be constructed by scripts", () => {
    expect(() => Reflect.construct(MediaStreamTrack, [])).toThrow("Illegal constructor");
  });

  it("begins live, enabled and unmuted", async () => {
    const { track } = await videoTrack();
    expect(track).toMatchObject({
      kind: "video",
      label: "Camera One",
      enabled: true,
      muted: false,
      readyState: "live",
      contentHint: "",
      onended: null,
    });
    expect(track.id).toHaveLength(36);
  });

  it("stops without an event, its source with its last clone", async () => {
    const { source, track, world } = await videoTrack();
    const ended = vi.fn<() => void>();
    track.onended = ended;
    const clone = track.clone();
    track.stop();
    expect(track.readyState).toBe("ended");
    expect(clone.readyState).toBe("live");
    expect(source.readyState).toBe("ended");
    await tasks();
    expect(ended).not.toHaveBeenCalled();
    expect(world.engine.liveCount).toBe(0);
  });

  it("ends in a task when its source does", async () => {
    const { source, track } = await videoTrack();
    const ended = vi.fn<(event: Event) => void>();
    track.onended = ended;
    source.unplug();
    expect(track.readyState).toBe("live");
    await tasks();
    expect(track.readyState).toBe("ended");
    expect(ended).toHaveBeenCalledOnce();
    expect(ended.mock.calls[0]?.[0]).toMatchObject({ type: "ended", bubbles: false });
  });

  it("fires no ended event when it was stopped before the task ran", async () => {
    const { source, track } = await videoTrack();
    const ended = vi.fn<() => void>();
    track.addEventListener("ended", ended);
    source.unplug();
    track.stop();
    await tasks();
    expect(ended).not.toHaveBeenCalled();
  });

  it("mutes and unmutes in the order in which its source did", async () => {
    const { source, track } = await videoTrack();
    const seen: [string, boolean][] = [];
    track.onmute = ({ type }) => seen.push([type, track.muted]);
    track.onunmute = ({ type }) => seen.push([type, track.muted]);
    source.setMuted(true);
    expect(track.muted).toBe(false);
    source.setMuted(false);
    await tasks();
    expect(seen).toEqual([
      ["mute", true],
      ["unmute", false],
    ]);
  });

  it("hands enabled on to the engine, as a boolean", async () => {
    const { source, track } = await videoTrack();
    (track as { enabled: unknown }).enabled = 0;
    expect([track.enabled, source.enabled]).toEqual([false, false]);
    expect(track.clone().enabled).toBe(false);
  });

  it("takes the content hints of its kind alone", async () => {
    const { track } = await videoTrack();
    track.contentHint = "detail";
    track.contentHint = "speech";
    expect(track.contentHint).toBe("detail");
    expect(track.clone().contentHint).toBe("detail");
  });

  it("keeps of its settings, once ended, what says which device it was", async () => {
    const { track } = await videoTrack();
    const { deviceId, groupId } = track.getSettings();
    track.stop();
    expect(track.getSettings()).toEqual({ deviceId, facingMode: "user", groupId });
  });

  it("ends when permission is taken back", async () => {
    const { track, world } = await videoTrack();
    const ended = vi.fn<() => void>();
    track.onended = ended;
    world.permission.deny("camera");
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(world.engine.liveCount).toBe(0);
  });
});

describe("applyConstraints()", () => {
  it("changes settings and constraints together", async () => {
    const { source, track } = await videoTrack();
    await track.applyConstraints({ width: 320, aspectRatio: 4 / 3 });
    expect(track.getSettings()).toMatchObject({ width: 320, height: 240 });
    expect(track.getConstraints()).toEqual({ width: 320, aspectRatio: 4 / 3 });
    expect(source.settings).toMatchObject({ width: 320 });
  });

  it("rejects what can't be met, and leaves everything as it was", async () => {
    const { track } = await videoTrack();
    const before = track.getSettings();
    const applied = track.applyConstraints({ groupId: { exact: "INVALID" } });
    await expect(applied).rejects.toMatchObject({
      name: "OverconstrainedError",
      constraint: "groupId",
    });
    await expect(applied).rejects.toThrow('The track "Camera One" can\'t meet groupId');
    expect(track.getSettings()).toEqual(before);
    expect(track.getConstraints()).toEqual({});
  });

  it("drops all constraints when called with none", async () => {
    const { track } = await videoTrack();
    await track.applyConstraints({ width: 320 });
    await track.applyConstraints();
    expect(track.getConstraints()).toEqual({});
    expect(track.getSettings()).toMatchObject({ width: 640, height: 480 });
  });

  it("runs in the order of the calls, and goes on after a failure", async () => {
    const { track } = await videoTrack();
    const results = await Promise.allSettled([
      track.applyConstraints({ width: 100 }),
      track.applyConstraints({ width: { min: 100_000 } }),
      track.applyConstraints({ width: 200 }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(track.getSettings().width).toBe(200);
  });

  it("does nothing on an ended track", async () => {
    const { track } = await videoTrack();
    track.stop();
    await expect(track.applyConstraints({ width: { min: 100_000 } })).resolves.toBeUndefined();
  });
});

it("a track of no device takes constraints that it need not meet, and names those it can't", async () => {
  const { track } = new VideoTrackGenerator();
  await expect(track.applyConstraints()).resolves.toBeUndefined();
  await expect(track.applyConstraints({ width: 320, advanced: [] })).resolves.toBeUndefined();
  await expect(track.applyConstraints({ width: { exact: 320 } })).rejects.toMatchObject({
    name: "OverconstrainedError",
    constraint: "width",
  });
});
