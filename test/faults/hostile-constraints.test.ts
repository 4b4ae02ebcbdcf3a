import fc from "fast-check";
import { expect, test } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { constrainableProperties } from "../../src/constraints/properties.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import type { MediaStreamConstraints } from "../../src/web/media-devices/media-devices.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { times, TIMEOUT_MS } from "./extent.ts";
import { worldOf } from "./file-world.ts";

/** What getUserMedia may reject with, by the specification. */
const ALLOWED = new Set([
  "TypeError",
  "OverconstrainedError",
  "NotFoundError",
  "NotAllowedError",
  "NotReadableError",
  "AbortError",
  "InvalidStateError",
  "SecurityError",
]);

const scalar = fc.oneof(
  fc.double(),
  fc.integer({ min: -10, max: 5000 }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 2 ** 31, 2 ** 53, 1e308, 1e-320),
  fc.boolean(),
  fc.constantFrom("user", "environment", "none", "crop-and-scale", "", "\0", "ä".repeat(1000)),
  fc.string(),
  fc.constantFrom(null, undefined, Symbol("s"), 10n),
  fc.constantFrom(() => 1, new Date(NaN), /x/, Object.create(null) as object),
);
const hostileObject = fc.constantFrom<object>(
  {
    get exact(): never {
      throw new EvalError("a getter that throws");
    },
  },
  {
    valueOf(): never {
      throw new EvalError("a conversion that throws");
    },
  },
  new Proxy({}, {}),
  new Proxy(
    {},
    {
      get(): never {
        throw new EvalError("a trap that throws");
      },
    },
  ),
);
const constraint = fc.oneof(
  { weight: 4, arbitrary: scalar },
  {
    weight: 8,
    arbitrary: fc.dictionary(
      fc.constantFrom("min", "max", "exact", "ideal", "mandatory", "__proto__", "then"),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 5 })),
      { maxKeys: 4 },
    ),
  },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 6 }) },
  { weight: 1, arbitrary: hostileObject },
);
const names = [...constrainableProperties.map(({ name }) => name), "advanced", "unknown", "signal"];
const set = fc.dictionary(fc.constantFrom(...names), constraint, { maxKeys: 3 });
const media = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(true, false, {}, null, undefined, 0, "yes", []),
  },
  { weight: 5, arbitrary: set },
  {
    weight: 4,
    arbitrary: fc
      .tuple(set, fc.oneof(fc.array(fc.oneof(set, scalar), { maxLength: 20 }), constraint))
      .map(([basic, advanced]) => ({ ...basic, advanced })),
  },
  { weight: 1, arbitrary: hostileObject },
);
const request = fc.oneof(
  { weight: 12, arbitrary: fc.record({ audio: media, video: media }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: scalar },
);

/** A TypeError of a mistake in the code, not of the specification. */
function isMistake({ message }: Error): boolean {
  if (message.startsWith("Failed to execute")) return false;
  return /Cannot (read|set) prop|is not (a function|iterable)|before initialization/.test(message);
}

/** What the script itself threw out of a getter or a trap comes back to it as it is. */
function isOwn(error: unknown): boolean {
  return error instanceof EvalError;
}

test(
  "whatever is asked of getUserMedia, it gives a stream or an error of the specification",
  { timeout: TIMEOUT_MS },
  async () => {
    const { mediaDevices } = worldOf(new SyntheticBackend({ clock: systemClock }));
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        let outcome = "stream";
        try {
          const stream = await mediaDevices.getUserMedia(asked as MediaStreamConstraints);
          for (const track of stream.getTracks()) track.stop();
        } catch (error) {
          if (isOwn(error)) outcome = "its own";
          else outcome = (error as Error).name;
          if (!isOwn(error) && (!ALLOWED.has(outcome) || isMistake(error as Error))) throw error;
        }
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: times(100_000, 1_000) },
    );
    console.log(Object.fromEntries(outcomes));
    for (const outcome of ["stream", "TypeError", "OverconstrainedError"]) {
      expect(outcomes.get(outcome)).toBeGreaterThan(0);
    }
    expect(openFrameCount()).toBe(0);
  },
);
