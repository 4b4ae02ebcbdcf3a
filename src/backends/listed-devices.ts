import type {
  ListedAudioMode,
  ListedDevice,
  ListedMode,
} from "../capture-process/child/list-devices.ts";
import type {
  AudioMode,
  CameraDescription,
  MicrophoneDescription,
  VideoMode,
} from "../contract/device.ts";

/** A device in FFmpeg's list, with what tells it apart from the others. */
export interface ListedPlace {
  /** The name that FFmpeg opens it by. */
  readonly name: string;
  /** Its place among the devices of its kind, from 0. */
  readonly index: number;
  /** Its place among the devices of its kind that have this name, from 0. */
  readonly indexOfName: number;
  /** The names of all devices of its kind, in the order of the list. */
  readonly names: readonly string[];
}

/**
 * The device with an id. The id is what the library calls its description: Windows' DevicePath,
 * macOS' uniqueID. Two cameras of one model have the same name and different ids.
 */
export function findListed(
  devices: readonly ListedDevice[],
  type: ListedDevice["type"],
  hardwareId: string,
): ListedPlace | undefined {
  const ofKind = devices.filter((device) => device.type === type);
  const index = ofKind.findIndex(({ description }) => description === hardwareId);
  const device = ofKind[index];
  if (device === undefined) return undefined;
  const { name } = device;
  const indexOfName = ofKind.slice(0, index).filter((other) => other.name === name).length;
  return { name, index, indexOfName, names: ofKind.map((other) => other.name) };
}

/** What a camera is taken to have that doesn't tell its modes. */
const USUAL_VIDEO: readonly VideoMode[] = [
  { width: 640, height: 480, frameRate: 30, pixelFormat: "unknown" },
];

/** A camera as FFmpeg lists it on macOS and Windows. */
export function describeListedCamera(
  { name, description, isDefault }: ListedDevice,
  listed: readonly ListedMode[],
): CameraDescription {
  const modes = new Map<string, VideoMode>();
  for (const { width, height, maxFrameRate: frameRate, pixelFormat } of listed) {
    const key = `${width}x${height}@${frameRate}`;
    if (!modes.has(key)) modes.set(key, { width, height, frameRate, pixelFormat });
  }
  return {
    kind: "videoinput",
    hardwareId: description,
    hardwareGroupId: description,
    label: name,
    isDefault,
    modes: modes.size > 0 ? [...modes.values()] : USUAL_VIDEO,
  };
}

const LATENCY = { min: 0.01, max: 0.1 };
/** Hz: what every program takes, and what a microphone gives unless another rate is asked for. */
const USUAL_RATE = 48_000;
/** What a microphone is taken to have that doesn't tell its modes. */
const USUAL_AUDIO: readonly ListedAudioMode[] = [
  { sampleRate: USUAL_RATE, channels: 1, sampleSize: 16 },
];
/** Bits: FFmpeg has no sample format of 24, so the list says 0. */
const UNLISTED_SAMPLE_SIZE = 24;

/**
 * A microphone as FFmpeg lists it on macOS and Windows. The mode nearest to 48 kHz comes first: the
 * list itself begins with the highest rate.
 */
export function describeListedMicrophone(
  { name, description, isDefault }: ListedDevice,
  listed: readonly ListedAudioMode[],
): MicrophoneDescription {
  const modes = new Map<string, AudioMode>();
  const known = listed.length > 0 ? listed : USUAL_AUDIO;
  const distance = ({ sampleRate }: ListedAudioMode) => Math.abs(sampleRate - USUAL_RATE);
  for (const mode of known.toSorted((one, other) => distance(one) - distance(other))) {
    const { sampleRate, channels: channelCount } = mode;
    const sampleSize = mode.sampleSize || UNLISTED_SAMPLE_SIZE;
    const key = `${sampleRate}/${channelCount}`;
    if (!modes.has(key)) modes.set(key, { sampleRate, channelCount, sampleSize, latency: LATENCY });
  }
  return {
    kind: "audioinput",
    hardwareId: description,
    hardwareGroupId: description,
    label: name,
    isDefault,
    modes: [...modes.values()],
  };
}
