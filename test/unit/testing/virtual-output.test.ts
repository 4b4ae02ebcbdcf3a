import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { PcmSource } from "../../../src/index.ts";
import type { Audio as AudioType, MediaStream as StreamType } from "../../../src/index.ts";
import { VirtualDevices } from "../../../src/testing/index.ts";

describe("a virtual output", () => {
  const devices = new VirtualDevices();
  const scope: {
    Audio?: typeof AudioType;
    MediaStream?: typeof StreamType;
    navigator?: { mediaDevices: typeof devices.mediaDevices };
  } = {};

  let uninstall: () => Promise<void>;

  beforeEach(() => {
    uninstall = devices.install(scope);
  });
  afterEach(async () => {
    await uninstall();
    devices.reset();
  });

  const newAudio = (): AudioType => {
    if (scope.Audio === undefined) throw new Error("There is no Audio.");
    return new scope.Audio();
  };
  const say = (audio: AudioType, value: number, seconds: number): PcmSource => {
    if (scope.MediaStream === undefined) throw new Error("There is no MediaStream.");
    const speech = new PcmSource({ sampleRate: 8000 });
    audio.srcObject = new scope.MediaStream([speech.track]);
    speech.write(new Int16Array(seconds * 8000).fill(value * 32_768));
    return speech;
  };

  it("is listed, and what was played can be read as samples", async () => {
    const output = devices.addOutput({ label: "Headset", groupId: "headset" });
    const listed = await devices.mediaDevices.enumerateDevices();
    expect(listed.map((each) => each.toJSON())).toEqual([
      { kind: "audiooutput", label: "Headset", deviceId: "Headset", groupId: "headset" },
    ]);
    const audio = newAudio();
    const speech = say(audio, 0.5, 0.1);
    await audio.play();
    await expect.poll(() => output.played[0]?.samples.length).toBe(800);
    expect(output.played[0]).toMatchObject({ sampleRate: 8000, channelCount: 1 });
    expect(output.played[0]?.samples.every((value) => value === 0.5)).toBe(true);
    speech.end();
  });

  it("that is chosen is the only one that plays, and ends it when it is unplugged", async () => {
    const speakers = devices.addOutput();
    const headset = devices.addOutput({ label: "Headset" });
    const audio = newAudio();
    await audio.setSinkId(headset.deviceId);
    const speech = say(audio, 0.25, 5);
    const failed = new Promise((resolve) => (audio.onerror = resolve));
    await audio.play();
    await expect.poll(() => headset.played[0]?.samples.length ?? 0).toBeGreaterThan(0);
    headset.unplug();
    await failed;
    expect(audio.error?.message).toContain("has gone");
    expect(speakers.played).toEqual([]);
    speech.end();
  });

  it("can be made the default", async () => {
    devices.addOutput({ label: "Speakers" });
    devices.setDefault(devices.addOutput({ label: "Dock" }));
    const [first] = await devices.mediaDevices.enumerateDevices();
    expect(first?.label).toBe("Dock");
    expect(() => devices.addOutput({ label: "Dock" })).toThrow(TypeError);
  });
});
