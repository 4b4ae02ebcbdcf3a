// What scenarios in the VM share: each prints one line of JSON a finding; the test on the host reads them.
import { setTimeout as delay } from "node:timers/promises";

export function report(name, value) {
  process.stdout.write(`@${JSON.stringify({ name, value })}\n`);
}

/** Asks again and again until it holds, for a minute at most: emulated machines are slow. */
export async function until(holds) {
  for (let turn = 0; turn < 600; turn++) {
    const value = await holds();
    if (value) return value;
    await delay(100);
  }
  throw new Error(`It never held: ${holds}`);
}

/** Starts a session and keeps what it says. */
export function run(session, onFrame = () => {}) {
  const seen = { frames: 0, muted: [], ended: undefined };
  session.start({
    frame(frame) {
      seen.frames += 1;
      onFrame(frame);
      frame.close();
    },
    muted: (muted) => seen.muted.push(muted),
    ended: (reason) => (seen.ended = { code: reason.code, message: reason.message }),
  });
  session.wantFrames(true);
  return seen;
}

export async function failureOf(promise) {
  return await promise.then(
    () => "no failure",
    (error) => ({ name: error.name, code: error.code, message: error.message }),
  );
}
