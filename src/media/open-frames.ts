/**
 * How many `VideoFrame`s and `AudioData`s of this process are open: constructed or cloned and not
 * yet closed. A count and nothing else, so that a test can end by expecting none.
 */
let open = 0;

export function openFrameCount(): number {
  return open;
}

/** For the constructors and `close()` of the two classes only. */
export function countOpenFrame(change: 1 | -1): void {
  open += change;
}
