import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DeviceError } from "../../../../src/contract/device-error.ts";
import type { Device, Track } from "../../../../src/engine/contract.ts";
import { FrameLink } from "../../../../src/engine/track/frame-link.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { DeviceSourcePool } from "../../../../src/engine/source/source-pool.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import { CAMERA, MICROPHONE, ScriptedBackend } from "../../../support/scripted-backend.ts";

const DEVICES: readonly Device[] = [CAMERA, MICROPHONE].map((description) => ({
  backendName: "scripted",
  description,
  key: `scripted:${description.hardwareId}`,
}));

const settings = fc.oneof(
  fc.constant({}),
  fc.record({
    width: fc.constantFrom(160, 320, 640, 1280),
    height: fc.constantFrom(120, 240, 480, 720),
    frameRate: fc.constantFrom(5, 15, 30, 60),
    resizeMode: fc.constantFrom("none", "crop-and-scale"),
  }),
  fc.record({ sampleRate: fc.constantFrom(16_000, 48_000), channelCount: fc.constantFrom(1, 2) }),
);

const pick = fc.nat(20);

/** One thing that a program, a device or time can do. */
const step = fc.oneof(
  fc.record({ do: fc.constant("open" as const), device: fc.constantFrom(...DEVICES), settings }),
  fc.record({ do: fc.constant("apply" as const), track: pick, settings }),
  fc.record({
    do: fc.constantFrom("clone", "stop", "toggle", "connect", "link", "disconnect"),
    track: pick,
  }),
  fc.record({ do: fc.constantFrom("frame", "mute", "unmute", "unplug"), session: pick }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(0, 20, 3000) }),
  fc.record({ do: fc.constant("fail" as const), fails: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A pool and everything that a run opened on it. */
class Run {
  readonly backend = new ScriptedBackend();
  readonly clock = new ManualClock();
  readonly pool = new DeviceSourcePool([this.backend], { clock: this.clock, codecs: undefined });
  readonly tracks: Track[] = [];
  readonly disconnects: (() => void)[] = [];
  readonly pending: Promise<unknown>[] = [];
  /** Tracks that got a frame after their end. */
  late = 0;

  async take(action: Step): Promise<void> {
    switch (action.do) {
      case "open":
        this.pending.push(
          this.pool.openTrack(action.device, action.settings).then(
            (track) => this.tracks.push(track),
            () => undefined,
          ),
        );
        break;
      case "apply":
        this.#withTrack(action.track, (track) => {
          this.pending.push(track.applySettings(action.settings).catch(() => undefined));
        });
        break;
      case "wait":
        await this.clock.advance(action.ms);
        break;
      case "fail":
        this.#fail(action.fails);
        break;
      default:
        if ("session" in action) this.#device(action.do, action.session);
        else this.#withTrack(action.track, (track) => this.#track(action.do, track));
    }
  }

  #withTrack(index: number, use: (track: Track) => void): void {
    const track = this.tracks[index % Math.max(1, this.tracks.length)];
    if (track !== undefined) use(track);
  }

  #track(what: string, track: Track): void {
    if (what === "clone") this.tracks.push(track.clone());
    else if (what === "stop") track.stop();
    else if (what === "toggle") track.enabled = !track.enabled;
    else if (what === "disconnect") this.disconnects.pop()?.();
    else if (what === "link") {
      const link = new FrameLink(track, 2);
      this.disconnects.push(() => link.close());
    } else {
      const frame = (received: { close(): void }): void => {
        if (track.readyState === "ended") this.late += 1;
        received.close();
      };
      this.disconnects.push(track.connect({ frame }));
    }
  }

  #device(what: string, index: number): void {
    const open = this.backend.openSessions;
    const session = open[index % Math.max(1, open.length)];
    if (what === "frame") session?.deliver(this.clock.nowUs());
    else if (what === "unplug") session?.end();
    else session?.mute(what === "mute");
  }

  #fail(fails: boolean): void {
    const failure = fails ? new DeviceError("busy", "Another program has it.") : undefined;
    this.backend.failure = failure;
    for (const session of this.backend.openSessions) session.failure = failure;
  }

  get openDevices(): string[] {
    return this.backend.openSessions.map(({ hardwareId }) => hardwareId);
  }

  async settle(): Promise<void> {
    await Promise.all(this.pending);
    await this.clock.advance(1);
  }
}

function devicesOf(tracks: readonly Track[]): Set<string> {
  return new Set(tracks.map(({ source }) => source.device?.description.hardwareId ?? ""));
}

describe("sources and tracks, whatever happens to them in whatever order", () => {
  it("keep a device open while it has tracks that are enabled, and leak no frame", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const run = new Run();
        for (const action of steps) await run.take(action);
        await run.settle();

        const live = run.tracks.filter((track) => track.readyState === "live");
        const inUse = devicesOf(live);
        const shown = devicesOf(live.filter(({ enabled }) => enabled));
        expect(run.openDevices.filter((device) => !inUse.has(device))).toEqual([]);
        expect([...shown].filter((device) => !run.openDevices.includes(device))).toEqual([]);
        await run.clock.advance(3000);
        // One that gave nothing all that time is muted by now, and watched for when it gives again.
        const muted = devicesOf(live.filter((track) => track.muted));
        const needless = run.openDevices.filter((device) => !shown.has(device));
        expect(needless.filter((device) => !muted.has(device))).toEqual([]);

        for (const track of run.tracks) track.stop();
        await run.settle();
        expect(run.backend.openSessions).toEqual([]);
        for (const disconnect of run.disconnects) disconnect();
        expect(openFrameCount()).toBe(0);
        expect(run.clock.pending).toBe(0);
        expect(run.late).toBe(0);
        await run.pool.close();
      }),
      { numRuns: 1000 },
    );
  });

  it("want frames of a session exactly while one of its tracks has a sink", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(pick, fc.boolean()), { maxLength: 30 }), async (steps) => {
        const run = new Run();
        const [camera] = DEVICES;
        if (camera === undefined) throw new Error("There is no camera.");
        const first = await run.pool.openTrack(camera, {});
        const tracks = [first, first.clone(), first.clone()];
        const sinks = tracks.map((): (() => void) | undefined => undefined);
        for (const [index, connects] of steps) {
          const at = index % tracks.length;
          sinks[at]?.();
          sinks[at] = connects
            ? tracks[at]?.connect({ frame: (frame) => frame.close() })
            : undefined;
          const isWanted = sinks.some((sink) => sink !== undefined);
          expect(run.backend.session.wanted).toBe(isWanted);
        }
        await run.pool.close();
      }),
    );
  });
});
