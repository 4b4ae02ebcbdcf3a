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

/**
 * One line for a person. Where it is wider than `columns`, the least important parts are left out,
 * never a piece of one.
 */
export function formatProgress(progress: Progress, columns = Infinity): string {
  const { audioLevelDb, bytes, droppedFrames, elapsedMs, framesPerSecond } = progress;
  const parts = [
    { text: formatElapsed(elapsedMs), importance: 5 },
    { text: formatBytes(bytes), importance: 3 },
    { text: framesPerSecond === undefined ? "" : rate(framesPerSecond), importance: 1 },
    { text: audioLevelDb === undefined ? "" : formatLevel(audioLevelDb), importance: 4 },
    // Frames that are lost matter more than their rate, as soon as there are any.
    { text: lost(droppedFrames), importance: (droppedFrames ?? 0) > 0 ? 2 : 0 },
  ].filter(({ text }) => text !== "");
  const join = (): string => parts.map(({ text }) => text).join("  ");
  while (join().length > columns && parts.length > 1) {
    const least = Math.min(...parts.map(({ importance }) => importance));
    parts.splice(
      parts.findIndex(({ importance }) => importance === least),
      1,
    );
  }
  return join();
}

function rate(framesPerSecond: number): string {
  return `${framesPerSecond.toFixed(1)} fps`;
}

function lost(droppedFrames: number | undefined): string {
  return droppedFrames === undefined ? "" : `${droppedFrames} dropped`;
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
