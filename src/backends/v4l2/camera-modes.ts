import type { ListedMode } from "../../capture-process/child/list-devices.ts";
import type { VideoMode } from "../../contract/device.ts";

/** FFmpeg's names of what cameras send and ours, those that cost least first. */
const FORMATS: readonly (readonly [ffmpeg: string, ours: string])[] = [
  ["nv12", "NV12"],
  ["yuv420p", "I420"],
  ["yuyv422", "YUYV"],
  ["uyvy422", "UYVY"],
  ["yuv422p", "I422"],
  // FFmpeg lists compressed modes without saying how they are; cameras' is nearly always MJPEG.
  ["compressed", "MJPEG"],
];

/** What a camera runs in when nothing may ask it. */
export const UNKNOWN_MODES: readonly VideoMode[] = [
  { width: 640, height: 480, frameRate: 30, pixelFormat: "unknown" },
];

/** The modes of a camera: of those that differ in the pixel format only, the cheapest. */
export function cameraModes(listed: readonly ListedMode[]): readonly VideoMode[] {
  const best = new Map<string, { readonly mode: VideoMode; readonly rank: number }>();
  for (const { width, height, maxFrameRate: frameRate, pixelFormat } of listed) {
    if (!(width > 0 && height > 0 && frameRate > 0)) continue;
    const key = `${width}x${height}@${frameRate}`;
    const at = FORMATS.findIndex(([name]) => name === pixelFormat);
    const rank = at < 0 ? FORMATS.length : at;
    if (rank >= (best.get(key)?.rank ?? Infinity)) continue;
    const name = FORMATS[at]?.[1] ?? pixelFormat;
    best.set(key, { mode: { width, height, frameRate, pixelFormat: name }, rank });
  }
  return [...best.values()].map(({ mode }) => mode);
}

/** What FFmpeg calls a mode's pixel format; undefined where the driver is to choose. */
export function inputFormatOf(mode: VideoMode): string | undefined {
  if (mode.pixelFormat === "unknown") return undefined;
  if (mode.pixelFormat === "MJPEG") return "mjpeg";
  return FORMATS.find(([, name]) => name === mode.pixelFormat)?.[0] ?? mode.pixelFormat;
}
