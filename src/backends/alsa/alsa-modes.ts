import type { ListedAudioMode } from "../../capture-process/child/list-devices.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import type { AudioMode, DeviceConfiguration } from "../../contract/device.ts";

/** FFmpeg reads samples in runs of about this length. */
const LATENCY = { min: 0.003, max: 0.1 };

/** What nearly every card has; for one that can't be asked. */
const USUAL: readonly ListedAudioMode[] = [{ sampleRate: 48_000, channels: 2, sampleSize: 16 }];

/** Rates of music and speech; drivers list every rate there is. */
const RATES = [48_000, 44_100, 96_000, 32_000, 16_000, 8_000];
const CHANNELS = [2, 1];

/** The modes of a card in 16 bits, which FFmpeg asks for. */
export function alsaModes(listed: readonly ListedAudioMode[]): readonly AudioMode[] {
  const modes = new Map<string, AudioMode>();
  const usable = listed
    .filter(({ sampleRate, channels }) => RATES.includes(sampleRate) && channels <= 8)
    .toSorted((one, other) => rank(one) - rank(other));
  for (const { sampleRate, channels } of usable.length > 0 ? usable : USUAL) {
    const mode = { sampleRate, channelCount: channels, sampleSize: 16, latency: LATENCY };
    modes.set(`${sampleRate}/${channels}`, mode);
  }
  return [...modes.values()];
}

/** What programs mostly want comes first. */
function rank({ sampleRate, channels }: ListedAudioMode): number {
  const at = CHANNELS.indexOf(channels);
  return RATES.indexOf(sampleRate) + (at < 0 ? CHANNELS.length : at) * RATES.length;
}

/** How FFmpeg opens a card: by `hw:` names only, since its ALSA finds no plug-ins. */
export function inputOfPcm(name: string, configuration: DeviceConfiguration): InputSpec {
  const { mode } = configuration as Extract<DeviceConfiguration, { kind: "audio" }>;
  return {
    type: "device",
    format: "alsa",
    url: name,
    options: { sample_rate: String(mode.sampleRate), channels: String(mode.channelCount) },
    media: "audio",
    clock: "other",
  };
}
