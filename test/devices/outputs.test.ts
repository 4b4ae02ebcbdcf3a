import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createPulseBackend } from "../../src/backends/pulse/index.ts";
import type { Backend } from "../../src/contract/device.ts";
import type { DeviceError } from "../../src/contract/device-error.ts";
import { VirtualPermission } from "../../src/testing/virtual-permission.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import { findSamples, noise } from "../support/hearing.ts";
import { PipeWireServer } from "../support/pipewire-server.ts";
import { PulseServer } from "../support/pulse-server.ts";

const MONO = { sampleRate: 48_000, channelCount: 1, format: "s16", lead: 0.06 } as const;

const bytesOf = (samples: Int16Array): Uint8Array => new Uint8Array(new Int16Array(samples).buffer);

describe.each([
  // PipeWire mixes in floating point, and rounds.
  ["PulseAudio", PulseServer, 0],
  ["PipeWire", PipeWireServer, 1],
])("The outputs of a real %s", (_name, Server, tolerance) => {
  let server: PulseServer | PipeWireServer;
  let backend: Backend;
  const reason = Server.missing();

  beforeAll(async () => {
    if (reason !== undefined) return;
    server = await new Server().start();
    server.endTone();
    server.addOutput("headset", "Headset", "pci-7");
    server.addMicrophoneOf("headset", "Headset microphone", "pci-7");
    server.addOutput("speakers", "Speakers");
    server.pactl("set-default-sink", "speakers");
    backend = createPulseBackend({ env: server.env });
  });
  afterAll(async () => {
    await backend?.close?.();
    await server?.close();
  });

  const open = async (name: string | undefined, configuration = MONO as typeof MONO) => {
    const session = await backend.openOutput?.(name, configuration);
    if (session === undefined) throw new Error("This backend has no outputs.");
    const ended = new Promise<DeviceError>((resolve) => session.start({ ended: resolve }));
    return { session, ended };
  };

  test.skipIf(reason !== undefined)("are listed, one as the default", async () => {
    const outputs = (await backend.listOutputs?.()) ?? [];
    const byName = new Map(outputs.map((output) => [output.hardwareId, output]));
    expect(byName.get("headset")).toMatchObject({
      kind: "audiooutput",
      label: "Headset",
      hardwareGroupId: "pci-7",
      isDefault: false,
    });
    expect(byName.get("speakers")).toMatchObject({ label: "Speakers", isDefault: true });
  });

  test.skipIf(reason !== undefined)("are known to scripts once their microphone is", async () => {
    const permission = new VirtualPermission();
    permission.deny("microphone");
    const { mediaDevices, close } = createMediaCapture({ backends: [backend], permission });
    const listed = async () =>
      (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "audiooutput");
    expect(await listed()).toEqual([]);
    permission.grant("microphone");
    const labels = (await listed()).map(({ label }) => label);
    expect(labels[0]).toBe("Speakers");
    expect(labels).toContain("Headset");
    const changed = new Promise((resolve) => (mediaDevices.ondevicechange = resolve));
    await mediaDevices.enumerateDevices();
    const unplug = server.addOutput("late", "Late");
    await changed;
    expect((await listed()).map(({ label }) => label)).toContain("Late");
    unplug();
    await close();
  });

  test.skipIf(reason !== undefined)(
    "have the group of a microphone on the same hardware",
    async () => {
      const inputs = (await backend.listDevices()).filter(
        ({ hardwareGroupId }) => hardwareGroupId === "pci-7",
      );
      expect(inputs.map(({ kind }) => kind)).toContain("audioinput");
    },
  );

  test.skipIf(reason !== undefined)("play what is written, sample by sample", async () => {
    const hearing = await server.hear("headset");
    const { session } = await open("headset");
    const sent = noise(48_000);
    session.write(bytesOf(sent));
    await session.drained();
    await hearing.until(() => {
      const at = findSamples(hearing.samples, sent, tolerance);
      return at >= 0 && hearing.samples.length >= at + sent.length;
    });
    await session.close();
    hearing.stop();
    const at = findSamples(hearing.samples, sent, tolerance);
    const heard = hearing.samples.subarray(at, at + sent.length);
    const differing = heard.filter((value, index) => {
      return Math.abs(value - (sent[index] ?? Infinity)) > tolerance;
    });
    expect(differing.length).toBe(0);
  });

  test.skipIf(reason !== undefined)("play sound that is shorter than their buffer", async () => {
    const hearing = await server.hear("headset");
    const { session } = await open("headset");
    const sent = noise(240, 5);
    session.write(bytesOf(sent));
    await hearing.until(() => findSamples(hearing.samples, sent, tolerance) >= 0);
    await session.drained();
    await session.close();
    hearing.stop();
    const last = hearing.samples.findLast((value) => Math.abs(value) > tolerance);
    expect(Math.abs((last ?? 0) - (sent.at(-1) ?? 0))).toBeLessThanOrEqual(tolerance);
  });

  test.skipIf(reason !== undefined)("are silent at once when they are cleared", async () => {
    const hearing = await server.hear("headset");
    const { session } = await open("headset", { ...MONO, lead: 0.45 } as never);
    const before = new Int16Array(96_000).fill(1000);
    const after = new Int16Array(4800).fill(-2000);
    session.write(bytesOf(before));
    await hearing.until(() => hearing.samples.includes(1000));
    await hearing.next(100);
    const clearedAt = performance.now();
    session.clear();
    session.write(bytesOf(after));
    await hearing.until(
      () => hearing.samples.filter((v) => Math.abs(v + 2000) <= 1).length >= 4800,
    );
    await session.close();
    hearing.stop();
    const { samples } = hearing;
    const first = samples.findIndex((value) => Math.abs(value + 2000) <= 1);
    const lastBefore = samples.findLastIndex((value) => Math.abs(value - 1000) <= 1);
    expect(lastBefore).toBeLessThan(first);
    // The queue held 450 ms: without the flush they would all be heard.
    expect(hearing.heardAt(first) - clearedAt).toBeLessThan(150);
  });

  test.skipIf(reason !== undefined)("mix what several sessions play", async () => {
    const hearing = await server.hear("headset");
    const one = await open("headset");
    const other = await open("headset");
    const long = (value: number) => bytesOf(new Int16Array(48_000).fill(value));
    one.session.write(long(1000));
    other.session.write(long(300));
    await hearing.until(() => hearing.samples.some((value) => Math.abs(value - 1300) <= 1));
    await Promise.all([one.session.close(), other.session.close()]);
    hearing.stop();
    expect(Math.max(...hearing.samples)).toBeLessThanOrEqual(1300 + tolerance);
  });

  test.skipIf(reason !== undefined)("follow the default where none was chosen", async () => {
    const { session } = await open(undefined);
    session.write(bytesOf(new Int16Array(48_000 * 4).fill(700)));
    const hearing = await server.hear("headset");
    server.pactl("set-default-sink", "headset");
    await hearing.until(() => hearing.samples.some((value) => Math.abs(value - 700) <= 1));
    await session.close();
    hearing.stop();
    expect(Math.max(...hearing.samples)).toBeLessThanOrEqual(700 + tolerance);
    server.pactl("set-default-sink", "speakers");
  });

  test.skipIf(reason !== undefined)("end a session whose output goes away", async () => {
    const unplug = server.addOutput("dock", "Dock");
    await expect
      .poll(async () => (await backend.listOutputs?.())?.some((each) => each.label === "Dock"))
      .toBe(true);
    const hearing = await server.hear("speakers");
    const { ended, session } = await open("dock");
    session.write(bytesOf(new Int16Array(96_000).fill(900)));
    unplug();
    expect(await ended).toMatchObject({ code: "not-found" });
    expect((await ended).message).toContain("Dock has gone");
    await hearing.next(200);
    hearing.stop();
    expect(hearing.samples.some((value) => value !== 0)).toBe(false);
    await expect(open("dock")).rejects.toMatchObject({ code: "not-found" });
  });
});
