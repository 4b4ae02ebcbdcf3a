/** @see https://w3c.github.io/webcodecs/#audio-sample-formats */
export type AudioSampleFormat =
  | "u8"
  | "s16"
  | "s32"
  | "f32"
  | "u8-planar"
  | "s16-planar"
  | "s32-planar"
  | "f32-planar";

export type SampleType = "u8" | "s16" | "s32" | "f32";

export const SAMPLE_BYTES: Readonly<Record<SampleType, number>> = { u8: 1, s16: 2, s32: 4, f32: 4 };

const FORMATS: readonly string[] = Object.keys(SAMPLE_BYTES).flatMap((type) => [
  type,
  `${type}-planar`,
]);

export function isAudioSampleFormat(value: unknown): value is AudioSampleFormat {
  return typeof value === "string" && FORMATS.includes(value);
}

export function isPlanar(format: AudioSampleFormat): boolean {
  return format.endsWith("-planar");
}

export function sampleTypeOf(format: AudioSampleFormat): SampleType {
  const [type] = format.split("-", 1);
  return type === "u8" || type === "s16" || type === "s32" ? type : "f32";
}
