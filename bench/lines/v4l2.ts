import { runInVm, whyNoVm } from "../../test/support/vm.ts";
import type { Line, Row } from "../line.ts";
import { median } from "../measure.ts";

interface Result {
  readonly perSecond: number;
  readonly peerPerSecond: number;
  readonly latencyMs: number;
}

let missing: { readonly why: string | undefined } | undefined;

/**
 * Pictures of the kernel's test camera in a callback, and those that `v4l2-ctl` takes. The machine is
 * emulated, some thirty times slower than this one: ratios count.
 */
export const v4l2: Line = {
  name: "v4l2",
  missing: () => (missing ??= { why: whyNoVm() }).why,
  async run({ folder, isQuick, runs }) {
    const args = [String(runs), isQuick ? "10" : "60"];
    const scenario = { file: "../../bench/programs/v4l2-speed.mjs", args };
    const [findings] = await runInVm([scenario], folder);
    if (findings === undefined || !findings.has("end")) {
      throw new Error(`The VM stopped: ${String(findings?.get("stopped"))}`);
    }
    return ["640x360", "1280x720"].flatMap((size): Row[] => {
      const results = [...findings].flatMap(([name, value]) =>
        name.startsWith(size) ? (value as Result) : [],
      );
      if (results.length === 0) return [];
      const ours = median(results.map(({ perSecond }) => perSecond));
      return [
        {
          name: `v4l2 ${size} in an emulated machine: pictures in a callback`,
          unit: "/s",
          ours,
          peer: median(results.map(({ peerPerSecond }) => peerPerSecond)),
          against: "v4l2-ctl --stream-mmap",
          goal: { atLeast: 0.9 },
        },
        {
          name: `v4l2 ${size}: capture to callback, by the driver's time stamps`,
          unit: "ms",
          ours: median(results.map(({ latencyMs }) => latencyMs)),
          peer: 1000 / ours,
          against: "one frame's time",
        },
      ];
    });
  },
};
