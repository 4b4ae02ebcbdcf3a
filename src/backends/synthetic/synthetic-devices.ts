import type {
  AudioMode,
  CameraDescription,
  MicrophoneDescription,
  VideoMode,
} from "../../contract/device.ts";

/** The first is what a program gets that asks for nothing; as in browsers. */
const SIZES = [
  [640, 480],
  [1280, 720],
  [1920, 1080],
  [320, 240],
  [96, 96],
] as const;
const FRAME_RATES = [30, 60, 20, 15, 10, 5] as const;

const VIDEO_MODES: readonly VideoMode[] = SIZES.flatMap(([width, height]) =>
  FRAME_RATES.map((frameRate) => ({ width, height, frameRate, pixelFormat: "I420" })),
);

const AUDIO_MODES: readonly AudioMode[] = [48_000, 44_100, 16_000].flatMap((sampleRate) =>
  [1, 2].map((channelCount) => ({
    sampleRate,
    channelCount,
    sampleSize: 16,
    latency: { min: 0.01, max: 0.01 },
  })),
);

export type SyntheticDevice = CameraDescription | MicrophoneDescription;

/** Two of each; the first camera and the first microphone are one piece of hardware. */
export function describeSyntheticDevices(needsPermission: boolean): readonly SyntheticDevice[] {
  return [
    {
      kind: "videoinput",
      ...identity("camera-1", "hardware-1", needsPermission),
      label: "Synthetic camera (front)",
      isDefault: true,
      facingMode: "user",
      modes: VIDEO_MODES,
    },
    {
      kind: "videoinput",
      ...identity("camera-2", "hardware-2", needsPermission),
      label: "Synthetic camera (back)",
      isDefault: false,
      facingMode: "environment",
      modes: VIDEO_MODES,
    },
    {
      kind: "audioinput",
      ...identity("microphone-1", "hardware-1", needsPermission),
      label: "Synthetic microphone (1 kHz)",
      isDefault: true,
      modes: AUDIO_MODES,
    },
    {
      kind: "audioinput",
      ...identity("microphone-2", "hardware-3", needsPermission),
      label: "Synthetic microphone (500 Hz)",
      isDefault: false,
      modes: AUDIO_MODES,
    },
  ];
}

/** Hz */
export function beepFrequency(hardwareId: string): number {
  return hardwareId === "microphone-2" ? 500 : 1000;
}

function identity(hardwareId: string, hardwareGroupId: string, needsPermission: boolean) {
  return { hardwareId, hardwareGroupId, needsPermission };
}
