import type { Native } from "./native.ts";

/** A device as FFmpeg lists it. */
export interface ListedDevice {
  readonly type: "video" | "audio" | "screen";
  /** What opens it. */
  readonly name: string;
  /** What a person calls it. */
  readonly description: string;
  readonly isDefault: boolean;
  /** px, of a screen */
  readonly bounds?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** A mode as FFmpeg lists it. */
export interface ListedMode {
  readonly width: number;
  readonly height: number;
  readonly maxFrameRate: number;
  /** FFmpeg's name; `"compressed"` where it has none. */
  readonly pixelFormat: string;
}

export async function listDevices(native: Native): Promise<ListedDevice[]> {
  return [...(await native.Device.list())];
}

export async function listModes(native: Native, device: string): Promise<ListedMode[]> {
  const modes = await native.Device.modes(device);
  return modes.map(({ width, height, maxFrameRate, pixelFormat }) => ({
    width,
    height,
    maxFrameRate,
    pixelFormat: native.avGetPixFmtName(pixelFormat) ?? "compressed",
  }));
}

/** A mode of a sound card as FFmpeg lists it. */
export interface ListedAudioMode {
  /** Hz */
  readonly sampleRate: number;
  readonly channels: number;
  /** bits per sample */
  readonly sampleSize: number;
}

export async function listAudioModes(native: Native, device: string): Promise<ListedAudioMode[]> {
  const modes = await native.Device.audioModes(device);
  return modes.map(({ sampleRate, channels, sampleFormat }) => ({
    sampleRate,
    channels,
    sampleSize: native.avGetBytesPerSample(sampleFormat) * 8,
  }));
}
