import { openFrameCount } from "../../src/media/open-frames.ts";

/** For `afterEach`: fails a test that left a frame open. */
export function expectNoOpenFrames(): void {
  const count = openFrameCount();
  if (count !== 0) throw new Error(`${count} frames are still open.`);
}
