import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";

const run = promisify(execFile);

/** The package as it would be published, for the tests of one file. */
export interface PackedPackage {
  /** The path of the tarball. */
  readonly tarball: string;
  /** An empty folder for each name, for a program that uses the package. */
  folder(name: string, manifest?: object): Promise<string>;
}

/** Packs it once before the tests of a file, and takes everything away after them. */
export function packedPackage(): PackedPackage {
  let directory = "";
  let tarball = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "usermedia-packed-"));
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", directory]);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    tarball = join(directory, filename);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return {
    get tarball() {
      return tarball;
    },
    async folder(name, manifest = {}) {
      const folder = await mkdtemp(join(directory, `${name}-`));
      await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, ...manifest }));
      return folder;
    },
  };
}

/** Synthetic devices that may be used, as the docs say how to have them. */
export const SYNTHETIC = {
  USERMEDIA_BACKENDS: "synthetic",
  USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted",
};

/** A program that records half a second and says whether there is something in the recording. */
export const RECORDING_PROGRAM = `
import { MediaRecorder, navigator } from "node-usermedia";
const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
const parts = [];
recorder.ondataavailable = ({ data }) => parts.push(data);
recorder.start();
await new Promise((resolve) => (recorder.onstart = resolve));
setTimeout(() => recorder.stop(), 500);
await new Promise((resolve) => (recorder.onstop = resolve));
for (const track of stream.getTracks()) track.stop();
console.log(new Blob(parts).size > 5_000 ? "recorded" : "recorded nothing");
`;
