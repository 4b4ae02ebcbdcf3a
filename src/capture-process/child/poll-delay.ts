/** Until a driver is asked again that had nothing yet and may have something at any time. */
const POLL_MS = 8;
/** The same for a driver that keeps one buffer of sound, of 10 ms at least, and drops the next. */
const SINGLE_BUFFER_POLL_MS = 2;
/** The same when a picture is due. */
const DUE_POLL_MS = 4;

/**
 * How long a driver is left alone that had nothing, ms. A camera's next picture comes when its
 * frame rate says: until shortly before, asking costs and brings nothing.
 *
 * @param sinceFrameMs - since the last picture; undefined before the first
 * @param intervalMs - from one picture to the next; undefined for sound
 * @param format - FFmpeg's name of the input
 */
export function pollDelayMs(
  sinceFrameMs: number | undefined,
  intervalMs: number | undefined,
  format: string,
): number {
  if (intervalMs === undefined) return format === "avfoundation" ? SINGLE_BUFFER_POLL_MS : POLL_MS;
  if (sinceFrameMs === undefined) return POLL_MS;
  const isLate = sinceFrameMs > 2 * intervalMs;
  return isLate ? POLL_MS : Math.max(DUE_POLL_MS, intervalMs - POLL_MS - sinceFrameMs);
}
