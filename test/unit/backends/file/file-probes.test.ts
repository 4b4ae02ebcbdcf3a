import { expect, test } from "vitest";
import { FileProbes } from "../../../../src/backends/file/file-probes.ts";
import { DeviceError } from "../../../../src/contract/device-error.ts";
import type { FileProbe } from "../../../../src/capture-process/child/probe-file.ts";

const video = { width: 320, height: 240, frameRate: 30, pixelFormat: "H264" };
const file = { path: "/clip.mp4", version: "1" };

/** Gives these answers one after another; an error is no answer. */
function answering(...answers: (FileProbe | Error)[]) {
  const asked: string[] = [];
  const probes = new FileProbes(async (path) => {
    asked.push(path);
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error("no answer");
    return answer;
  });
  return { asked, probes };
}

test("a file is asked once, until it changes", async () => {
  const { asked, probes } = answering({ video }, {});
  expect(await Promise.all([probes.probe(file), probes.probe(file)])).toEqual([
    { video },
    { video },
  ]);
  expect(await probes.probe(file)).toEqual({ video });
  expect(asked).toHaveLength(1);
  expect(await probes.probe({ ...file, version: "2" })).toEqual({});
  expect(asked).toHaveLength(2);
});

test("a file that is no media is not asked again", async () => {
  const { asked, probes } = answering({});
  await probes.probe(file);
  await probes.probe(file);
  expect(asked).toHaveLength(1);
});

test("a file whose probing timed out is a device the next time, if it answers then", async () => {
  const { probes } = answering(new DeviceError("failed", "The device didn't answer."), { video });
  expect(await probes.probe(file)).toBeUndefined();
  expect(await probes.probe(file)).toEqual({ video });
});

test("a file that never answers is left alone after a few times, until it changes", async () => {
  const { asked, probes } = answering();
  for (let count = 0; count < 10; count++) expect(await probes.probe(file)).toBeUndefined();
  expect(asked).toHaveLength(3);
  await probes.probe({ ...file, version: "2" });
  expect(asked).toHaveLength(4);
});

test("that the library is missing is said each time, and forgotten once it is there", async () => {
  const missing = new DeviceError("missing-dependency", "install it");
  const { probes } = answering(missing, missing, missing, missing, { video });
  for (let count = 0; count < 4; count++) await expect(probes.probe(file)).rejects.toBe(missing);
  expect(await probes.probe(file)).toEqual({ video });
});
