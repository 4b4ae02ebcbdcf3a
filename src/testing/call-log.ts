import type { MediaTrackSettings } from "../constraints/types.ts";
import type { Track } from "../engine/contract.ts";
import { mediaStreamBrand } from "../web/stream/media-stream-slots.ts";
import { mediaStreamTrackBrand } from "../web/track/media-stream-track-slots.ts";
import type { CaptureCall } from "../web/realm/observe-call.ts";
import { ignoredMembers } from "../webidl/dictionary.ts";
import type { DeviceVerdict } from "./device-verdict.ts";
import type { VirtualCamera } from "./virtual-camera.ts";
import type { VirtualMicrophone } from "./virtual-microphone.ts";

/** A call that the program under test made, and what came of it. */
export interface RecordedCall {
  readonly method: CaptureCall["method"];
  /** What was asked for, after Web IDL conversion and without members that are `false`. */
  readonly constraints: object | undefined;
  /**
   * Names that were given and are no constraints, which are ignored as Web IDL says: `"vidoe"`,
   * `"audio.mozNoiseSuppression"`. `installLegacy({ dialects: true })` understands the old ones.
   */
  readonly ignored: readonly string[];
  /** What the constraints made of each device that was there when the call was made. */
  readonly verdicts: readonly DeviceVerdict[];
  /** The verdicts as text, a line for each device. */
  readonly why: string;
  readonly outcome: "pending" | "fulfilled" | "rejected";
  /** Why the promise rejected. */
  readonly error: Error | undefined;
  /** The devices that were chosen, and the settings that their tracks began with. */
  readonly chosen: readonly ChosenDevice[];
}

/** What a call was given. */
export interface ChosenDevice {
  readonly device: VirtualCamera | VirtualMicrophone;
  readonly settings: MediaTrackSettings;
}

/** What a log needs to know of the devices. */
export interface CallContext {
  judge(call: CaptureCall): readonly DeviceVerdict[];
  deviceOf(hardwareId: string): VirtualCamera | VirtualMicrophone | undefined;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Keeps the calls in their order; each is there as soon as it is made. */
export class CallLog {
  #calls: RecordedCall[] = [];
  readonly #context: CallContext;

  constructor(context: CallContext) {
    this.#context = context;
  }

  get calls(): readonly RecordedCall[] {
    return this.#calls;
  }

  /** What was handed out before stays as it is. */
  clear(): void {
    this.#calls = [];
  }

  record(call: CaptureCall): void {
    const verdicts = this.#context.judge(call);
    const entry: Mutable<RecordedCall> = {
      method: call.method,
      constraints: call.constraints && withoutFalse(call.constraints),
      ignored: call.constraints === undefined ? [] : ignoredNames(call.constraints),
      verdicts,
      why: verdicts.map(({ text }) => text).join("\n"),
      outcome: "pending",
      error: undefined,
      chosen: [],
    };
    this.#calls.push(entry);
    call.result.then(
      (result) => {
        entry.outcome = "fulfilled";
        const tracks = call.track === undefined ? tracksOf(result) : [call.track];
        entry.chosen = tracks.flatMap((track) => this.#chosenFor(track));
      },
      (error: Error) => {
        entry.outcome = "rejected";
        entry.error = error;
      },
    );
  }

  #chosenFor({ settings, source }: Track): ChosenDevice[] {
    const id = source.device?.description.hardwareId;
    const device = id === undefined ? undefined : this.#context.deviceOf(id);
    return device === undefined ? [] : [{ device, settings: { ...settings } }];
  }
}

function tracksOf(result: unknown): Track[] {
  if (!mediaStreamBrand.is(result)) return [];
  const { tracks } = mediaStreamBrand.slotsOf(result);
  return [...tracks].map((track) => mediaStreamTrackBrand.slotsOf(track).track);
}

function ignoredNames(constraints: object): string[] {
  const nested = Object.entries(constraints).flatMap(([kind, value]) =>
    isDictionary(value) ? ignoredMembers(value).map((name) => `${kind}.${name}`) : [],
  );
  return [...ignoredMembers(constraints), ...nested];
}

function isDictionary(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function withoutFalse(dictionary: object): object {
  return Object.fromEntries(Object.entries(dictionary).filter(([, value]) => value !== false));
}
