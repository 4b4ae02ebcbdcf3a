import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import * as entry from "../../src/index.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { times, TIMEOUT_MS } from "./extent.ts";
import { worldOf } from "./file-world.ts";

/** Every class that the main entry exports, and those that its objects are of. */
const classes = Object.entries(entry).flatMap(([name, value]) =>
  typeof value === "function" && /^class\b/u.test(Function.prototype.toString.call(value))
    ? [[name, value as unknown as new (...args: unknown[]) => object] as const]
    : [],
);

interface Member {
  readonly name: string;
  readonly call: (self: unknown, args: readonly unknown[]) => unknown;
}

/** What a script can call of a class: its constructor, methods, getters and setters. */
function membersOf([className, constructor]: (typeof classes)[number]): readonly Member[] {
  const construct: Member = {
    name: `new ${className}`,
    call: (_self, args) => new constructor(...args),
  };
  const members: Member[] = [construct];
  for (const [owner, prefix] of [
    [constructor.prototype as object, `${className}.prototype`],
    [constructor, className],
  ] as const) {
    for (const [key, { get, set, value }] of Object.entries(
      Object.getOwnPropertyDescriptors(owner),
    )) {
      if (key === "constructor" || key === "prototype") continue;
      const name = `${prefix}.${key}`;
      if (typeof value === "function") {
        members.push({ name, call: (self, args) => Reflect.apply(value, self, args) as unknown });
      }
      if (get) members.push({ name: `get ${name}`, call: (self) => Reflect.apply(get, self, []) });
      if (set) {
        members.push({ name: `set ${name}`, call: (self, args) => Reflect.apply(set, self, args) });
      }
    }
  }
  return members;
}

/**
 * A mistake of the code shows in the words that V8 has for it. An object without a prototype that
 * is to be a string is refused in such words by browsers, too.
 */
function isMistake(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof EvalError) return false;
  if (/^Failed to |Illegal (constructor|invocation)/u.test(error.message)) return false;
  return /Cannot (read|set|destructure|use)|is not (a function|iterable|a constructor|defined)|private|Receiver|before initialization|undefined \(/u.test(
    error.message,
  );
}

async function objects() {
  const { mediaDevices } = worldOf(new SyntheticBackend({ clock: systemClock }));
  const stream = await mediaDevices.getUserMedia({ audio: true, video: true });
  const [video] = stream.getVideoTracks();
  const [audio] = stream.getAudioTracks();
  if (video === undefined || audio === undefined) throw new Error("no track");
  const init = { codedWidth: 2, codedHeight: 2, format: "RGBA", timestamp: 0 } as const;
  const frame = new entry.VideoFrame(new Uint8Array(16), init);
  const sound = new entry.AudioData({
    format: "f32",
    sampleRate: 48_000,
    numberOfChannels: 1,
    numberOfFrames: 8,
    timestamp: 0,
    data: new Float32Array(8),
  });
  const all = [mediaDevices, stream, video, audio, frame, sound, new entry.ImageCapture(video)];
  return { all: [...all, new entry.MediaRecorder(stream)], frame, sound, stream };
}

afterEach(() => expect(openFrameCount()).toBe(0));

test(
  "whatever is passed to any member of any class, on whatever object, a check answers and no mistake",
  { timeout: TIMEOUT_MS },
  async () => {
    const { all, frame, sound, stream } = await objects();
    const members = classes.flatMap(membersOf);
    const argument = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, {}, [], "", "x", 0, -1, NaN, 2 ** 53, 10n, true),
      fc.constantFrom<unknown>(
        Symbol("s"),
        () => undefined,
        new Uint8Array(4),
        Object.create(null),
      ),
      fc.constantFrom<unknown>(...all),
      fc.dictionary(
        fc.constantFrom("format", "layout", "planeIndex", "rect", "timestamp"),
        fc.anything(),
      ),
    );
    const self = fc.constantFrom<unknown>(...all, undefined, null, {}, 1, Object.create(null));
    const mistakes = new Map<string, string>();
    const note = (member: string, error: unknown): void => {
      // No interface of the Web: JavaScript's own refusal of another object will do.
      if (member.includes("RecordingFile.prototype")) return;
      if (isMistake(error)) mistakes.set(member, String(error));
    };
    const made: unknown[] = [];
    for (const { name, call } of members) {
      for (const [target, args] of fc.sample(
        fc.tuple(self, fc.array(argument, { maxLength: 3 })),
        times(500, 30),
      )) {
        try {
          const result = await call(target, args);
          if (result !== null && !all.includes(result as never)) made.push(result);
        } catch (error) {
          note(name, error);
        }
      }
    }
    for (const it of made) {
      if (it instanceof entry.VideoFrame || it instanceof entry.AudioData) it.close();
      if (it instanceof entry.MediaStreamTrack) it.stop();
    }
    for (const track of stream.getTracks()) track.stop();
    frame.close();
    sound.close();
    expect(members.length).toBeGreaterThan(100);
    expect(Object.fromEntries(mistakes)).toEqual({});
  },
);
