import * as v from "valibot";
import type { BesideConfig, PictureView } from "../../media/encoding.ts";
import { deviceConfiguration } from "./device-configuration.ts";
import { frameHeader } from "./frame-header.ts";
import { outputSpec } from "./output.ts";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const encoderConfig = v.custom<BesideConfig>(isObjectWithKind);

function isObjectWithKind(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "video" || value.kind === "audio" || value.kind === "pixels")
  );
}

/** How FFmpeg opens what a backend names. */
export const inputSpec = v.variant("type", [
  v.object({
    type: v.literal("device"),
    /** FFmpeg's name of the input: `"v4l2"`, `"x11grab"`, `"alsa"` … */
    format: v.string(),
    url: v.string(),
    options: v.record(v.string(), v.string()),
    media: v.picklist(["video", "audio"]),
    /** What its time stamps count from. */
    clock: v.picklist(["monotonic", "other"]),
  }),
  v.object({
    type: v.literal("file"),
    path: v.string(),
    media: v.picklist(["video", "audio"]),
    loop: v.boolean(),
    pacing: v.picklist(["real-time", "asFastAsPossible"]),
  }),
  v.object({
    /** A screen or window that the desktop's own dialog asks for. */
    type: v.literal("screenCast"),
    surfaces: v.array(v.picklist(["monitor", "window"])),
    restoreToken: v.optional(v.string()),
  }),
]);

/** What the program tells a capture process. Those with an `id` are answered. */
export const command = v.variant("type", [
  v.object({ type: v.literal("ping"), id: natural }),
  v.object({
    type: v.literal("open"),
    id: natural,
    device: natural,
    input: inputSpec,
    configuration: deviceConfiguration,
  }),
  v.object({
    type: v.literal("start"),
    device: natural,
    /** µs; a file's first frame belongs to this moment. */
    epochUs: v.optional(v.number()),
  }),
  v.object({ type: v.literal("wantFrames"), device: natural, wanted: v.boolean() }),
  v.object({
    type: v.literal("reconfigure"),
    id: natural,
    device: natural,
    input: inputSpec,
    configuration: deviceConfiguration,
  }),
  v.object({ type: v.literal("closeDevice"), id: natural, device: natural }),
  v.object({
    type: v.literal("openFile"),
    id: natural,
    /** What its frames are of; it is closed as a device is. */
    device: natural,
    path: v.string(),
  }),
  v.object({
    type: v.literal("readFile"),
    id: natural,
    device: natural,
    media: v.picklist(["video", "audio"]),
    /** Frames that come before the answer, unless the track has no more. */
    count: natural,
  }),
  v.object({
    type: v.literal("seekFile"),
    id: natural,
    device: natural,
    /** µs */
    positionUs: v.pipe(v.number(), v.minValue(0)),
  }),
  v.object({
    type: v.literal("openEncoder"),
    id: natural,
    encoder: natural,
    config: encoderConfig,
    /** What this device gives; without it, what `encode` brings. */
    device: v.optional(natural),
  }),
  v.object({ type: v.literal("setEnabled"), encoder: natural, enabled: v.boolean() }),
  v.object({ type: v.literal("setPaused"), encoder: natural, paused: v.boolean() }),
  v.object({
    type: v.literal("setProcessing"),
    encoder: natural,
    processing: v.optional(
      v.object({ noiseSuppression: v.boolean(), autoGainControl: v.boolean() }),
    ),
  }),
  v.object({
    type: v.literal("setView"),
    encoder: natural,
    view: v.custom<PictureView>((view) => typeof view === "object" && view !== null),
  }),
  v.object({ type: v.literal("requestKeyFrame"), encoder: natural }),
  v.object({ type: v.literal("encode"), encoder: natural, frame: frameHeader }),
  v.object({ type: v.literal("flush"), id: natural, encoder: natural }),
  v.object({ type: v.literal("closeEncoder"), id: natural, encoder: natural }),
  /** What was chosen of a device that was opened by a desktop's dialog. */
  v.object({ type: v.literal("chosenSurface"), id: natural, device: natural }),
  /** Whether this desktop lets screens be chosen. */
  v.object({ type: v.literal("screenCastAbilities"), id: natural }),
  v.object({ type: v.literal("openOutput"), id: natural, spec: outputSpec }),
  v.object({
    type: v.literal("writeOutput"),
    stream: natural,
    key: v.boolean(),
    /** µs */
    timestamp: v.number(),
    /** µs */
    duration: v.number(),
  }),
  v.object({ type: v.literal("closeOutput"), id: natural }),
  v.object({ type: v.literal("list"), id: natural }),
  v.object({ type: v.literal("modes"), id: natural, device: v.string() }),
  v.object({ type: v.literal("audioModes"), id: natural, device: v.string() }),
  v.object({ type: v.literal("probe"), id: natural, path: v.string() }),
  v.object({ type: v.literal("close") }),
]);

export type InputSpec = v.InferOutput<typeof inputSpec>;
export type DeviceInput = Extract<InputSpec, { type: "device" }>;
export type FileInput = Extract<InputSpec, { type: "file" }>;
export type ScreenCastInput = Extract<InputSpec, { type: "screenCast" }>;
export type Command = v.InferOutput<typeof command>;
/** A command that is answered, before it has its number. */
export type Request = WithoutId<Extract<Command, { id: number }>>;
export type Notice = Exclude<Command, { id: number }>;

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
