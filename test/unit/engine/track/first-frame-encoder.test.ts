import { expect, it } from "vitest";

import type { FrameEncoder } from "../../../../src/contract/encoder.ts";
import { FirstFrameEncoder } from "../../../../src/engine/track/first-frame-encoder.ts";

/** An encoder that notes what it is asked, in order. */
function notingEncoder(calls: string[]): FrameEncoder {
  const note = (call: string) => () => void calls.push(call);
  const asked = (call: string) => async () => void calls.push(call);
  return {
    setEnabled: (enabled) => calls.push(`enabled ${enabled}`),
    setPaused: (paused) => calls.push(`paused ${paused}`),
    requestKeyFrame: note("key frame"),
    encode: note("encode"),
    encodeQueueSize: 0,
    flush: asked("flush"),
    close: asked("close"),
  };
}

it.each([
  ["before the first frame", false],
  ["while the encoder opens", true],
])("calls made %s reach the encoder in their order", async (_when, hasBegun) => {
  const calls: string[] = [];
  const encoder = new FirstFrameEncoder(
    async () => notingEncoder(calls),
    () => undefined,
  );
  if (hasBegun) encoder.begin();
  encoder.setEnabled(false);
  encoder.requestKeyFrame();
  encoder.begin();
  // What a recording does at its end: what was taken comes out, what follows doesn't.
  const flushed = encoder.flush();
  encoder.setPaused(true);
  await flushed;
  await encoder.close();
  expect(calls).toEqual(["enabled false", "key frame", "flush", "paused true", "close"]);
});
