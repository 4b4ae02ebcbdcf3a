import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a program prints that ends by itself: one that doesn't is a test that doesn't end either. */
async function outputOf(program: string, backends: string): Promise<string> {
  const source = `import { createMediaCapture, syntheticDevices } from "./dist/entries/backend.js";
    import { createPermissionBroker } from "./dist/entries/permissions.js";
    import { navigator } from "./dist/entries/index.js";
    const holding = () => process.getActiveResourcesInfo().filter((name) => /FSEvent|Timeout/.test(name));
    ${program}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", source],
    {
      env: {
        ...process.env,
        USERMEDIA_BACKENDS: backends,
        USERMEDIA_CONFIG_DIR: temporaryFolder(),
        PULSE_SERVER: "/nonexistent/native",
      },
    },
  );
  return stdout.trim();
}

test("a devicechange listener holds the process until it is removed", async () => {
  const program = `
    const { mediaDevices } = navigator;
    const listener = () => undefined;
    console.log(holding().length);
    mediaDevices.addEventListener("devicechange", listener);
    mediaDevices.ondevicechange = listener;
    await mediaDevices.enumerateDevices();
    console.log(holding().length > 0);
    mediaDevices.removeEventListener("devicechange", listener);
    mediaDevices.ondevicechange = null;`;
  for (const backends of ["v4l2", "pulse"]) {
    expect(await outputOf(program, backends)).toBe("0\ntrue");
  }
});

test("a permission's status holds no process, listened to or not", async () => {
  const program = `
    const status = await navigator.permissions.query({ name: "camera" });
    status.onchange = () => undefined;
    console.log(status.state);`;
  expect(await outputOf(program, "v4l2")).toBe("prompt");
});

test("a program ends when its tracks are stopped, without closing anything", async () => {
  const program = `
    const permission = createPermissionBroker({ environment: {} });
    const { mediaDevices } = createMediaCapture({ backends: [syntheticDevices()], permission });
    const stream = await mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of stream.getTracks()) track.stop();
    console.log(stream.active);`;
  expect(await outputOf(program, "synthetic")).toBe("false");
});
