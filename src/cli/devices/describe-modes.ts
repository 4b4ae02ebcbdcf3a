import type { DeviceDescription } from "../../backend.ts";

/** Sizes that stand in a table; the rest are counted. */
const SHOWN = 3;

/** The modes of a device in a few words, the largest or the device's own first. */
export function describeModes(device: DeviceDescription): string {
  if (device.kind === "display" && device.isChosenByDesktop === true) return "told when chosen";
  const isSound = device.kind === "audioinput" || device.kind === "systemaudio";
  return isSound ? audioModes(device) : videoModes(device);
}

function videoModes({
  modes,
}: Extract<DeviceDescription, { kind: "videoinput" | "display" }>): string {
  const rates = new Map<string, number>();
  for (const { frameRate, height, width } of largestFirst(modes)) {
    const size = `${width}x${height}`;
    rates.set(size, Math.max(rates.get(size) ?? 0, frameRate));
  }
  const sizes = [...rates].map(([size, rate]) => `${size}@${Number(rate.toFixed(2))}`);
  return abridge(sizes);
}

function largestFirst<Mode extends { width: number; height: number }>(
  modes: readonly Mode[],
): Mode[] {
  return [...modes].sort((a, b) => b.width * b.height - a.width * a.height);
}

function audioModes({
  modes,
}: Extract<DeviceDescription, { kind: "audioinput" | "systemaudio" }>): string {
  const names = modes.map(
    ({ channelCount, sampleRate }) => `${sampleRate} Hz ${channels(channelCount)}`,
  );
  return abridge([...new Set(names)]);
}

function channels(count: number): string {
  return count === 1 ? "mono" : count === 2 ? "stereo" : `${count} channels`;
}

function abridge(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(", ");
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
