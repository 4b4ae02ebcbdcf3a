import { afterEach, expect, test } from "vitest";

import { EncoderFeeder } from "../../../../src/engine/track/encoder-feeder.ts";
import { HeldEncoder } from "../../../support/held-encoder.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";
import { smallPicture, smallSound } from "../../../support/small-frames.ts";

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

/** An encoder that 30 pictures waited for. */
function late() {
  const encoder = new HeldEncoder();
  for (let time = 0; time < 30; time++) encoder.encode(smallPicture(time));
  return { encoder, feeder: new EncoderFeeder(encoder, 30) };
}

test("pictures that waited for the encoder to open leave room for new ones", () => {
  const { encoder, feeder } = late();
  expect(feedPictures(feeder, 20)).toBe(4);
  encoder.work();
});

test("an encoder that is twice as fast as the camera works those off, and nothing is left out", () => {
  const { encoder, feeder } = late();
  for (let time = 0; time < 60; time++) {
    encoder.work(2);
    expect(feeder.feed(smallPicture(time))).toBe(true);
  }
  encoder.work();
});

test("one that is no faster than the camera comes to the present by leaving pictures out", () => {
  const { encoder, feeder } = late();
  for (let time = 0; time < 60; time++) {
    encoder.work(1);
    feeder.feed(smallPicture(time));
  }
  expect(encoder.encodeQueueSize).toBeLessThanOrEqual(8);
  encoder.work();
});

test("once those are worked off, no more than usual may wait", () => {
  const { encoder, feeder } = late();
  for (let time = 0; time < 30; time++) {
    encoder.work(2);
    feeder.feed(smallPicture(time));
  }
  encoder.work();
  expect(feedPictures(feeder, 20)).toBe(8);
  encoder.work();
});
