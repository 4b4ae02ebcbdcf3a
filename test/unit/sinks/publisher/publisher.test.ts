import { afterEach, beforeEach, expect, test } from "vitest";

import { DeviceError } from "../../../../src/contract/device-error.ts";
import type {
  MediaOutput,
  OpenOutput,
  OutputEvents,
} from "../../../../src/contract/media-output.ts";
import { systemClock } from "../../../../src/engine/clock/system-clock.ts";
import type { Track } from "../../../../src/engine/contract.ts";
import { destinationOf } from "../../../../src/sinks/publisher/destination.ts";
import { Publisher, type PublicationState } from "../../../../src/sinks/publisher/publisher.ts";
import { until } from "../../../support/until.ts";
import { SyntheticWorld } from "../../../support/synthetic-world.ts";

/** A far end that takes what the test lets it take: a stalled network can't be had here. */
class HeldOutput implements MediaOutput {
  readonly events: OutputEvents;
  readonly types: string[] = [];
  isAbandoned = false;
  #waiting = 0;

  constructor(events: OutputEvents) {
    this.events = events;
  }

  write(_stream: number, { type }: { readonly type: "key" | "delta" }): void {
    this.types.push(type);
    this.#waiting += 1;
  }

  takeAll(): void {
    for (; this.#waiting > 0; this.#waiting -= 1) this.events.written();
  }

  async close(): Promise<void> {}

  async abandon(): Promise<void> {
    this.isAbandoned = true;
  }
}

let world: SyntheticWorld;
let track: Track;
let outputs: HeldOutput[];
let states: PublicationState[];
/** µs that the publisher's clock is ahead of the machine's. */
let aheadUs: number;
let publisher: Publisher | undefined;
beforeEach(async () => {
  world = new SyntheticWorld();
  track = await world.open("videoinput", { width: 160, height: 120, frameRate: 30 });
  [outputs, states, aheadUs] = [[], [], 0];
});
afterEach(async () => {
  await publisher?.close();
  await world.close();
});

function newPublisher(reconnectAttempts: number, refusals: DeviceError[] = []): Publisher {
  const openOutput: OpenOutput = async (_config, events) => {
    const refusal = outputs.length > 0 ? refusals.shift() : undefined;
    if (refusal) throw refusal;
    const output = new HeldOutput(events);
    outputs.push(output);
    return output;
  };
  const clock = {
    nowUs: () => systemClock.nowUs() + aheadUs,
    wallMs: () => systemClock.wallMs(),
    // Waiting takes no time in a test.
    setTimeout: (callback: () => void, delayMs: number) =>
      systemClock.setTimeout(callback, Math.min(delayMs, 1_000)),
  };
  const bitrates = { videoBitsPerSecond: 200_000, audioBitsPerSecond: 64_000 };
  const destination = destinationOf("rtmp://host/live/key");
  publisher = new Publisher(
    { bitrates, clock, destination, openOutput, reconnectAttempts },
    { stateChanged: (state) => states.push(state), trackEnded: () => undefined },
  );
  return publisher;
}

const dropped = () => publisher?.allTracks[0]?.framesDropped ?? 0;

test("What a slow far end has no room for is left out and counted, up to a key frame", async () => {
  await newPublisher(0).start([track]);
  const [output] = outputs;
  if (!output) throw new Error("no output");
  await until(() => dropped() > 5);
  const sent = output.types.length;
  expect(sent).toBeLessThan(100);
  expect(output.types[0]).toBe("key");
  output.takeAll();
  await until(() => output.types.length > sent);
  expect(output.types[sent]).toBe("key");
  expect(publisher?.state).toBe("connected");
});

test("A far end that takes nothing for long is given up, and connected to again", async () => {
  await newPublisher(1).start([track]);
  await until(() => (outputs[0]?.types.length ?? 0) > 0);
  aheadUs = 11_000_000;
  await until(() => outputs.length === 2 && publisher?.state === "connected");
  expect(outputs[0]?.isAbandoned).toBe(true);
  expect(states).toEqual(["connecting", "connected", "disconnected", "connecting", "connected"]);
  expect(publisher?.reconnections).toBe(1);
});

test("Fails after as many attempts as it was given", async () => {
  const gone = () => new DeviceError("failed", "gone");
  await newPublisher(2, [gone(), gone()]).start([track]);
  outputs[0]?.events.failed(gone());
  await until(() => publisher?.state === "failed");
  expect(states.filter((state) => state === "disconnected")).toHaveLength(2);
  expect(publisher?.failure?.message).toBe("gone");
  expect(track.readyState).toBe("live");
});

test("Doesn't try again what the server refuses", async () => {
  await newPublisher(Infinity, [new DeviceError("not-allowed", "refused")]).start([track]);
  outputs[0]?.events.failed(new DeviceError("failed", "gone"));
  await until(() => publisher?.state === "failed");
  expect(publisher?.failure?.code).toBe("not-allowed");
});
