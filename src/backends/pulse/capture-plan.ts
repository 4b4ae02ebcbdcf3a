import { DeviceError } from "../../contract/device-error.ts";
import { type DeviceConfiguration } from "../../contract/device.ts";
import type { RecordStreamRequest } from "./record-stream.ts";
import { frameSize, SampleFormat } from "./sample-spec.ts";
import type { SourceInfo } from "./source-info.ts";

/** How a configuration is captured. */
export interface CapturePlan {
  readonly request: RecordStreamRequest;
  /** What the engine gets: the device's channels as they are, or mixed to one. */
  readonly configuration: Extract<DeviceConfiguration, { kind: "audio" }>;
}

/** Seconds; as short as a busy program still keeps up with. */
const DEFAULT_LATENCY = 0.02;

/**
 * The device's own channels are captured always: servers differ in how loud they mix down
 * (PipeWire is 3 dB louder than PulseAudio).
 *
 * @throws DeviceError when the configuration isn't one of a microphone
 */
export function planCapture(source: SourceInfo, configuration: DeviceConfiguration): CapturePlan {
  if (configuration.kind !== "audio") {
    throw new DeviceError("failed", "A microphone can't be opened as a camera.");
  }
  const { mode } = configuration;
  const channels = source.sampleSpec.channels;
  if (mode.channelCount !== channels && mode.channelCount !== 1) {
    throw new DeviceError(
      "failed",
      `${source.description ?? source.name} has ${channels} channels; ask for 1 or ${channels}.`,
    );
  }
  const sampleSpec = {
    format: mode.sampleSize === 16 ? SampleFormat.s16 : SampleFormat.f32,
    channels,
    rate: mode.sampleRate,
  };
  const wanted = configuration.latency ?? DEFAULT_LATENCY;
  const latency = Math.min(mode.latency.max, Math.max(mode.latency.min, wanted));
  const fragmentFrames = Math.max(1, Math.round(latency * mode.sampleRate));
  return {
    configuration,
    request: {
      sourceName: source.name,
      sampleSpec,
      channelMap: source.channelMap,
      fragmentSize: fragmentFrames * frameSize(sampleSpec),
    },
  };
}
