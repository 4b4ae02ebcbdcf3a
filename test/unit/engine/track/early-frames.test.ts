import fc from "fast-check";
import { afterEach, expect, test } from "vitest";

import { EarlyFrames } from "../../../../src/engine/track/early-frames.ts";
import { HeldEncoder } from "../../../support/held-encoder.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";
import { smallPicture, smallSound } from "../../../support/small-frames.ts";

afterEach(expectNoOpenFrames);

function collected() {
  let dropped = 0;
  const early = new EarlyFrames(() => (dropped += 1));
  const encoder = new HeldEncoder();
  const handOver = () => {
    const count = early.encodeWith(encoder);
    encoder.work();
    return { count, dropped, timestamps: encoder.timestamps };
  };
  return { early, handOver };
}

test("an encoder that opens gets what was shown meanwhile, in order", () => {
  const { early, handOver } = collected();
  for (let time = 0; time < 5; time++) early.add(smallPicture(time));
  expect(handOver()).toEqual({ count: 5, dropped: 0, timestamps: [0, 1, 2, 3, 4] });
});

test("what was handed over isn't handed over again", () => {
  const { early, handOver } = collected();
  early.add(smallPicture(1));
  handOver();
  early.add(smallPicture(2));
  expect(handOver()).toMatchObject({ count: 1, timestamps: [1, 2] });
});

test("more pictures than there is room for: every second one stays, the first among them", () => {
  const { early, handOver } = collected();
  for (let time = 0; time <= 32; time++) early.add(smallPicture(time));
  const kept = Array.from({ length: 17 }, (_, index) => index * 2);
  expect(handOver()).toEqual({ count: 17, dropped: 16, timestamps: kept });
});

test("no sound is left out, however long the encoder takes", () => {
  const { early, handOver } = collected();
  for (let time = 0; time < 200; time++) early.add(smallSound(time));
  expect(handOver()).toMatchObject({ count: 200, dropped: 0 });
});

test("an encoder that isn't had: what was kept for it is closed", () => {
  const { early, handOver } = collected();
  for (let time = 0; time < 40; time++) early.add(smallPicture(time));
  early.close();
  expect(handOver().count).toBe(0);
});

test("however many pictures come, a bounded number is kept, in order and from the first", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
      const { early, handOver } = collected();
      for (let time = 0; time < count; time++) early.add(smallPicture(time));
      const { dropped, timestamps } = handOver();
      expect(timestamps.length).toBeLessThanOrEqual(32);
      expect(timestamps.length + dropped).toBe(count);
      expect(timestamps[0]).toBe(0);
      expect(timestamps).toEqual(timestamps.toSorted((one, other) => one - other));
    }),
  );
});
