import { expect, it } from "vitest";
import type { MicrophoneDescription } from "../../../src/contract/device.ts";
import type { Findings } from "../../support/vm.ts";

/** What `test/vm/alsa-scenario.mjs` must have found. */
export function loopbackCard(found: () => Findings): void {
  it("lists what records, with its modes", () => {
    const microphones = found().get("devices") as MicrophoneDescription[];
    expect(microphones.map(({ hardwareId }) => hardwareId)).toEqual([
      "hw:CARD=Loopback,DEV=0",
      "hw:CARD=Loopback,DEV=1",
    ]);
    for (const { modes } of microphones) {
      expect(modes).toContainEqual(
        expect.objectContaining({ sampleRate: 48_000, channelCount: 2, sampleSize: 16 }),
      );
    }
  });

  it("records the tone that is played", () => {
    const tone = found().get("tone") as { frequency: number; seconds: number; ended: unknown };
    expect(Math.abs(tone.frequency - 440)).toBeLessThan(2);
    expect(tone.seconds).toBeGreaterThan(1);
    expect(tone.ended).toBeNull();
  });

  it("refuses a card that is in use with a DeviceError", () => {
    expect(found().get("busy")).toMatchObject({ name: "DeviceError", code: "busy" });
  });

  it("lists nothing beside a sound server, which holds the cards", () => {
    expect(found().get("beside a sound server")).toEqual([]);
  });
}
