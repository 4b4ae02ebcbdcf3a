import { execFile } from "node:child_process";
import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);

const PROGRAM = `
  import { createMediaCapture, fileDevices } from "./dist/backend.js";
  import { createPermissionBroker } from "./dist/permission/index.js";
  import { syntheticDevices } from "./dist/backend.js";
  import { MediaRecorder } from "./dist/index.js";
  const permission = createPermissionBroker({ environment: {} });
  const world = (...backends) => createMediaCapture({ backends, permission });
  const files = world(fileDevices(["clip.mp4"]));
  const opened = await files.mediaDevices.getUserMedia({ video: true }).catch((error) => error);
  const synthetic = world(syntheticDevices());
  const stream = await synthetic.mediaDevices.getUserMedia({ video: true });
  let recorded;
  try {
    new MediaRecorder(stream);
  } catch (error) {
    recorded = error;
  }
  console.log(JSON.stringify([opened.message, recorded?.message]));
  await files.close();
  await synthetic.close();
`;

test("a package whose capture process is missing says so at once, and what to do", async () => {
  const folder = temporaryFolder();
  cpSync("dist", join(folder, "dist"), { recursive: true });
  cpSync("package.json", join(folder, "package.json"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  makeMediaFile(folder, { tracks: "video" });
  rmSync(join(folder, "dist/entries/capture-process.js"));
  writeFileSync(join(folder, "program.mjs"), PROGRAM);
  const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: folder });
  const [opened, recorded] = JSON.parse(stdout) as string[];
  expect(opened).toContain("dist/entries/capture-process.js");
  expect(recorded).toContain("install usermedia again");
});
