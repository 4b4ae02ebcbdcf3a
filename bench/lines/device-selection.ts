import { createCandidateTable } from "../../src/constraints/candidate-table.ts";
import type { Candidate } from "../../src/constraints/candidate.ts";
import { candidatesForCamera } from "../../src/constraints/candidates-for-camera.ts";
import { selectSettings } from "../../src/constraints/select-settings.ts";
import type { Line, Row } from "../line.ts";
import { median } from "../measure.ts";

const MODES = 200;
const RUNS = 21;
const CALLS = 10;

const cases = {
  "satisfied by many": {
    width: { min: 640, ideal: 1280 },
    frameRate: { ideal: 30, max: 60 },
    advanced: [{ height: { min: 480 } }, { resizeMode: "none" }],
  },
  "satisfied by few": {
    width: { min: 3000 },
    facingMode: { exact: "environment" },
    advanced: [{ frameRate: { min: 55 } }, { width: 100 }],
  },
  "an ideal that nobody has": {
    width: 100_000,
    height: 100_000,
    frameRate: 1000,
    advanced: [{ width: { min: 100 } }, { height: { min: 100 } }],
  },
  "a ratio": {
    width: { ideal: 1000 },
    aspectRatio: 16 / 9,
    advanced: [{ height: { min: 300 } }, {}],
  },
  "satisfied by none": { deviceId: { exact: "none" }, width: { min: 1e6 } },
};

function cameras(count: number): Candidate<number>[] {
  const all: Candidate<number>[] = [];
  for (let device = 0; device < count; device++) {
    const modes = Array.from({ length: MODES }, (_, mode) => ({
      width: 160 + ((mode * 37 + device * 11) % 230) * 16,
      height: 120 + ((mode * 53 + device * 7) % 130) * 16,
      frameRate: 5 + ((mode + device) % 12) * 5,
    }));
    const candidates = candidatesForCamera({
      owner: device,
      deviceId: `device-${device}`,
      groupId: `group-${device}`,
      facingMode: device % 2 === 0 ? "user" : "environment",
      modes,
    });
    for (const candidate of candidates) all.push(candidate);
  }
  return all;
}

function medianMs(work: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    // CPU time, so that a busy machine doesn't count.
    const start = process.cpuUsage();
    for (let call = 0; call < CALLS; call++) work();
    const { system, user } = process.cpuUsage(start);
    return (user + system) / 1000 / CALLS;
  });
  return median(times);
}

/**
 * How long SelectSettings takes for 1,000 devices with 200 modes each and three constraint sets,
 * and how that grows: twice the devices should take twice the time.
 */
export const deviceSelection: Line = {
  name: "device selection",
  async run() {
    const tables = [500, 1000].map((devices) => {
      const candidates = cameras(devices);
      const buildMs = medianMs(() => createCandidateTable(candidates));
      return { table: createCandidateTable(candidates), buildMs };
    });
    const [half, whole] = tables;
    if (half === undefined || whole === undefined) return [];
    const rows = Object.entries(cases).flatMap(([name, constraints]): Row[] => {
      const halfMs = medianMs(() => selectSettings(half.table, constraints));
      const wholeMs = medianMs(() => selectSettings(whole.table, constraints));
      const figures = { unit: "ms", ours: wholeMs };
      return [
        {
          ...figures,
          name: `device selection: ${name}`,
          peer: 5,
          against: "the goal",
          goal: { atMost: 1 },
        },
        {
          ...figures,
          name: `device selection: ${name}: growth`,
          peer: halfMs,
          against: "half as many devices",
          goal: { atMost: 2.5 },
        },
      ];
    });
    const name = "device selection: table, made once for a list of devices";
    return [
      ...rows,
      {
        name,
        unit: "ms",
        ours: whole.buildMs,
        peer: half.buildMs,
        against: "half as many devices",
      },
    ];
  },
};
