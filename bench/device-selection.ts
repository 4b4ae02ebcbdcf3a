/**
 * How long SelectSettings takes for many devices with many modes and three constraint sets, and
 * whether that grows linearly. Prints JSON: milliseconds, the median of the runs.
 *
 * `npx tsx bench/device-selection.ts`
 */
import { performance } from "node:perf_hooks";
import {
  candidatesForCamera,
  createCandidateTable,
  selectSettings,
  type Candidate,
} from "../src/constraints/index.ts";

const MODES = 200;
const RUNS = 21;

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
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  return Number((times[RUNS >> 1] ?? NaN).toFixed(3));
}

const results = [];
for (const devices of [125, 250, 500, 1000]) {
  const candidates = cameras(devices);
  const buildMs = medianMs(() => createCandidateTable(candidates));
  const table = createCandidateTable(candidates);
  for (const [name, constraints] of Object.entries(cases)) {
    const ms = medianMs(() => selectSettings(table, constraints));
    results.push({ case: name, devices, modes: MODES, families: candidates.length, ms, buildMs });
  }
}
console.log(JSON.stringify(results, undefined, 2));
