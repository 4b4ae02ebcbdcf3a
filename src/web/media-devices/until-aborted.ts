import type { MediaStream } from "../stream/media-stream.ts";

/**
 * The outcome of some work, unless `signal` aborts first: the promise rejects with its reason then,
 * and what the work still brings is given to `discard`.
 */
export async function untilAborted<Result>(
  signal: AbortSignal | undefined,
  work: Promise<Result>,
  discard: (result: Result) => void,
): Promise<Result> {
  if (signal === undefined) return work;
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = (): void => {
      work.then(discard, () => undefined);
      reject(signal.reason);
    };
  });
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Gives back the devices of a stream that nobody gets. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
