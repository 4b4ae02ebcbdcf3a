import { realpathSync } from "node:fs";

import type {
  AudioMode,
  MicrophoneDescription,
  SystemAudioDescription,
} from "../../contract/device.ts";
import { hardwareGroupOfSysfsPath } from "../hardware-group.ts";
import { capturedSampleSize, type SampleSpec } from "./sample-spec.ts";
import type { SourceInfo } from "./source-info.ts";

/** Hz that the server resamples to on request, beside the device's own rate. */
const SAMPLE_RATES = [48_000, 44_100, 8000, 16_000, 24_000, 32_000, 96_000];

/** Seconds that PulseAudio and PipeWire can be asked for with any device. */
const LATENCY = { min: 0.01, max: 2 };

/** A source of the server as the engine sees it. */
export function describeSource(
  source: SourceInfo,
  server: {
    readonly defaultSourceName: string | null;
    /** Whether the server can take the echo of its speakers out of a microphone. */
    readonly cancelsEcho: boolean;
  },
): MicrophoneDescription {
  return {
    kind: "audioinput",
    hardwareId: source.name,
    hardwareGroupId: hardwareGroup(source),
    label: source.description ?? source.name,
    isDefault: source.name === server.defaultSourceName,
    modes: modes(source.sampleSpec, echoCancellation(source, server.cancelsEcho)),
  };
}

/** What an output plays, for who captures the screen. */
export function describeMonitor(
  source: SourceInfo,
  { defaultSinkName }: { readonly defaultSinkName: string | null },
): SystemAudioDescription {
  return {
    kind: "systemaudio",
    hardwareId: source.name,
    hardwareGroupId: hardwareGroup(source),
    label: source.description ?? source.name,
    isDefault: source.monitoredSink === defaultSinkName,
    modes: modes(source.sampleSpec, undefined),
  };
}

/** The device's own mode first, then what the server makes of it. */
function modes(
  { format, rate, channels }: SampleSpec,
  echoCancellation: readonly boolean[] | undefined,
): readonly AudioMode[] {
  const rates = [...new Set([rate, ...SAMPLE_RATES])];
  const channelCounts = [...new Set([channels, 1])];
  return rates.flatMap((sampleRate) =>
    channelCounts.map((channelCount) => ({
      sampleRate,
      channelCount,
      sampleSize: capturedSampleSize(format),
      latency: LATENCY,
      ...(echoCancellation && { echoCancellation }),
    })),
  );
}

/** A source that somebody's echo canceller makes of another has none; a monitor is no microphone. */
function echoCancellation(
  { driver, isMonitor }: SourceInfo,
  canBeHad: boolean,
): readonly boolean[] | undefined {
  if (driver === "module-echo-cancel.c") return [true];
  return canBeHad && !isMonitor ? [false, true] : undefined;
}

/** The piece of hardware that a source or a sink belongs to. */
export function hardwareGroup({
  name,
  properties,
}: Pick<SourceInfo, "name" | "properties">): string {
  const sysfsPath = properties.get("sysfs.path") ?? sysfsPathOfCard(properties.get("alsa.card"));
  if (sysfsPath !== undefined) return hardwareGroupOfSysfsPath(sysfsPath);
  const address = properties.get("api.bluez5.address");
  return address ?? properties.get("device.bus_path") ?? properties.get("device.bus-path") ?? name;
}

/** PipeWire names only the card; a server on another machine names one that isn't here. */
function sysfsPathOfCard(card: string | undefined): string | undefined {
  if (card === undefined || !/^\d+$/.test(card)) return undefined;
  try {
    return realpathSync(`/sys/class/sound/card${card}`);
  } catch {
    return undefined;
  }
}
