import { isSound } from "../contract/device.ts";
import type { Device, DeviceCatalogue, SourcePool, Track } from "../engine/contract.ts";
import type { MediaTrackSettings } from "../constraints/types.ts";
import { levelOf } from "../sinks/level/level-meter.ts";
import { AudioData } from "../media/audio-data.ts";
import { VideoFrame } from "../media/video-frame.ts";
import type {
  PreviewPicture,
  PreviewProvider,
} from "../permission/prompts/page/preview-provider.ts";

const previewWidth = 320;
const previewFrameRate = 10;
/** dB below full scale that a meter still shows. */
const meterRange = 60;

/** Where the devices are found and opened. */
export interface PreviewParts {
  readonly catalogue: DeviceCatalogue;
  readonly sources: SourcePool;
}

/** Shows on the prompt's page what devices give: small pictures, and how loud it is. */
export function devicePreview(parts: PreviewParts): PreviewProvider {
  return {
    async *pictures(deviceKey, signal) {
      for await (const frame of framesOf(parts, deviceKey, signal)) {
        if (frame instanceof VideoFrame) yield await asPicture(frame);
      }
    },
    async *levels(deviceKey, signal) {
      for await (const samples of framesOf(parts, deviceKey, signal)) {
        if (samples instanceof AudioData) yield loudness(samples);
      }
    },
  };
}

/** The newest frame each time; it is closed once the next is asked for. */
async function* framesOf(
  { catalogue, sources }: PreviewParts,
  deviceKey: string,
  signal: AbortSignal,
) {
  const device = (await catalogue.list()).find(({ key }) => key === deviceKey);
  if (device === undefined || signal.aborted) return;
  const track = await sources.openTrack(device, settingsFor(device));
  let newest: VideoFrame | AudioData | undefined;
  let wake: () => void = () => undefined;
  const disconnect = track.connect({
    frame(frame) {
      newest?.close();
      newest = frame;
      wake();
    },
    ended: () => wake(),
  });
  const stop = (): void => wake();
  signal.addEventListener("abort", stop);
  try {
    while (!isOver(track, signal)) {
      const frame = newest;
      newest = undefined;
      if (frame === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      try {
        yield frame;
      } finally {
        frame.close();
      }
    }
  } finally {
    signal.removeEventListener("abort", stop);
    disconnect();
    newest?.close();
    track.stop();
  }
}

function isOver({ readyState }: Track, { aborted }: AbortSignal): boolean {
  return aborted || readyState === "ended";
}

function settingsFor({ description }: Device): MediaTrackSettings {
  if (isSound(description)) {
    const [mode] = description.modes;
    return mode === undefined ? {} : { sampleRate: mode.sampleRate, channelCount: 1 };
  }
  const [mode] = description.modes;
  if (mode === undefined) return {};
  const width = Math.min(previewWidth, mode.width);
  const height = Math.max(1, Math.round((width * mode.height) / mode.width));
  const frameRate = Math.min(previewFrameRate, mode.frameRate);
  return { width, height, frameRate, resizeMode: "crop-and-scale" };
}

async function asPicture(frame: VideoFrame): Promise<PreviewPicture> {
  const { width = frame.codedWidth, height = frame.codedHeight } = frame.visibleRect ?? {};
  const data = new Uint8Array(frame.allocationSize({ format: "RGBA" }));
  await frame.copyTo(data, { format: "RGBA" });
  return { width, height, data };
}

/** From silence (0) to full scale (1), even steps sounding evenly louder. */
function loudness(samples: AudioData): number {
  return Math.min(1, Math.max(0, 1 + levelOf(samples).dbfs / meterRange));
}
