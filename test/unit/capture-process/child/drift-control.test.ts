import { expect, test } from "vitest";
import { DriftControl } from "../../../../src/capture-process/child/drift-control.ts";

const BLOCK_US = 20_000;

/** A card that is so far off gives blocks for an hour; the error after each, in ms. */
function anHour(partsPerMillion: number, jitterMs = 0): number[] {
  const control = new DriftControl();
  const errors: number[] = [];
  let rate = 0;
  let madeUs = 0;
  let state = 1;
  for (let block = 0; block < 3600 * 50; block++) {
    // Block n holds 20 ms of the card's own time, which is another time on the machine's clock.
    const timeUs = block * BLOCK_US * (1 - partsPerMillion / 1e6);
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const late = (state / 0x7fffffff) * jitterMs * 1000;
    errors.push((timeUs - madeUs) / 1000);
    rate = control.follow(timeUs + late - madeUs, timeUs + late) ?? rate;
    madeUs += BLOCK_US * (1 + rate);
  }
  return errors;
}

test.each([-1000, -500, -50, 50, 500, 1000])(
  "a sound card that is %i ppm off stays within 20 ms of the clock for an hour",
  (partsPerMillion) => {
    const errors = anHour(partsPerMillion);
    expect(errors.every((error) => Math.abs(error) < 20)).toBe(true);
    expect(Math.abs(errors.at(-1) ?? Infinity)).toBeLessThan(11);
  },
);

test.each([-500, 500])("so does one of %i ppm whose time stamps jitter", (partsPerMillion) => {
  const errors = anHour(partsPerMillion, 15);
  for (const error of errors.slice(-1000)) expect(Math.abs(error)).toBeLessThan(20);
});

test("sound that doesn't drift is left alone", () => {
  const control = new DriftControl();
  for (let block = 0; block < 1000; block++) {
    expect(control.follow((block % 5) * 500, block * BLOCK_US)).toBeUndefined();
  }
});

test("what was made good in another way is forgotten", () => {
  const control = new DriftControl();
  for (let block = 0; block < 500; block++) control.follow(50_000, block * BLOCK_US);
  control.reset();
  expect(Math.abs(control.follow(0, 500 * BLOCK_US) ?? 0)).toBe(0);
});
