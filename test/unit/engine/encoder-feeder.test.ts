import { afterEach, expect, test } from "vitest";

import { EncoderFeeder } from "../../../src/engine/encoder-feeder.ts";
import { HeldEncoder } from "../../support/held-encoder.ts";
import { expectNoOpenFrames } from "../../support/open-frames.ts";
import { smallPicture, smallSound } from "../../support/small-frames.ts";

afterEach(expectNoOpenFrames);

/** How many of as many pictures in a row are taken. */
function feedPictures(feeder: EncoderFeeder, count: number): number {
  let taken = 0;
  for (let time = 0; time < count; time++) if (feeder.feed(smallPicture(time))) taken += 1;
  return taken;
}

test("of pictures that come faster than they are encoded, eight wait and the rest is left out", () => {
  const encoder = new HeldEncoder();
  const feeder = new EncoderFeeder(encoder, 0);
  expect(feedPictures(feeder, 20)).toBe(8);
  encoder.work(3);
  expect(feedPictures(feeder, 20)).toBe(3);
  encoder.work();
});

test("sound is never left out", () => {
  const encoder = new HeldEncoder();
  const feeder = new EncoderFeeder(encoder, 0);
  feedPictures(feeder, 20);
  for (let time = 0; time < 50; time++) expect(feeder.feed(smallSound(time))).toBe(true);
  expect(encoder.encodeQueueSize).toBe(58);
  encoder.work();
});

test("pictures that waited for the encoder to open leave the usual room for new ones", () => {
  const encoder = new HeldEncoder();
  for (let time = 0; time < 30; time++) encoder.encode(smallPicture(time));
  const feeder = new EncoderFeeder(encoder, 30);
  expect(feedPictures(feeder, 20)).toBe(8);
  encoder.work();
});

test("once those are worked off, no more than usual may wait", () => {
  const encoder = new HeldEncoder();
  for (let time = 0; time < 30; time++) encoder.encode(smallPicture(time));
  const feeder = new EncoderFeeder(encoder, 30);
  encoder.work();
  expect(feedPictures(feeder, 20)).toBe(8);
  encoder.work(1);
  expect(feedPictures(feeder, 20)).toBe(1);
  encoder.work();
});
