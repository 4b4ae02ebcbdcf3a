/** How a recording stands. */
export interface Progress {
  readonly elapsedMs: number;
  /** Written to the file. */
  readonly bytes: number;
  /** Frames of video in a second; absent without video. */
  readonly framesPerSecond?: number | undefined;
  /** dB below full scale, 0 the loudest; absent without audio. */
  readonly audioLevelDb?: number | undefined;
  /** Frames that were captured and aren't in the recording. */
  readonly droppedFrames?: number | undefined;
}

/** One line for a person. */
export function formatProgress(progress: Progress): string {
  const { audioLevelDb, bytes, droppedFrames, elapsedMs, framesPerSecond } = progress;
  const parts = [formatElapsed(elapsedMs), formatBytes(bytes)];
  if (framesPerSecond !== undefined) parts.push(`${framesPerSecond.toFixed(1)} fps`);
  if (audioLevelDb !== undefined) parts.push(formatLevel(audioLevelDb));
  if (droppedFrames !== undefined) parts.push(`${droppedFrames} dropped`);
  return parts.join("  ");
}

/** `1:02:03.4`, hours only when there are any. */
export function formatElapsed(elapsedMs: number): string {
  const tenths = Math.floor(elapsedMs / 100);
  const seconds = `${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
  const minutes = Math.floor(tenths / 600) % 60;
  const hours = Math.floor(tenths / 36_000);
  return hours === 0
    ? `${String(minutes).padStart(2, "0")}:${seconds}`
    : `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

const METER_WIDTH = 10;
/** What an empty meter stands for. */
const QUIETEST_DB = -60;

function formatLevel(levelDb: number): string {
  const share = Math.min(1, Math.max(0, 1 - levelDb / QUIETEST_DB));
  const filled = Math.round(share * METER_WIDTH);
  const meter = "#".repeat(filled) + "-".repeat(METER_WIDTH - filled);
  return `[${meter}] ${levelDb < QUIETEST_DB ? "silent" : `${Math.round(levelDb)} dB`.padStart(6)}`;
}
