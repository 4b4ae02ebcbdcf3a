import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { expect, onTestFinished, test } from "vitest";

import { runCommand } from "../support/run-command.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);

test("a program sees its captures start and end, and takes its own permission back", async () => {
  const folder = temporaryFolder();
  const script = `
    import { navigator, revokeOwnPermission, setPermissionRequestHandler, watchCaptures } from "node-usermedia";
    const seen = [];
    watchCaptures((captures) => seen.push(captures.map(({ name }) => name)));
    setPermissionRequestHandler(() => "granted");
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getTracks();
    const ended = new Promise((resolve) => track.addEventListener("ended", resolve));
    const status = await navigator.permissions.query({ name: "camera" });
    const before = status.state;
    await revokeOwnPermission("camera");
    await ended;
    console.log(JSON.stringify({ seen, before, after: status.state, readyState: track.readyState }));
  `;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
    env: {
      ...process.env,
      USERMEDIA_BACKENDS: "file",
      USERMEDIA_FILES: makeMediaFile(folder, { tracks: "video" }),
      USERMEDIA_CONFIG_DIR: folder,
      XDG_RUNTIME_DIR: folder,
    },
  });
  expect(JSON.parse(stdout)).toEqual({
    seen: [["camera"], []],
    before: "granted",
    after: "prompt",
    readyState: "ended",
  });
});

test.each([
  ["a kind", []],
  ["one device", ["--device", "KEY"]],
])("`permission revoke` of %s ends what the environment granted", async (_name, option) => {
  const folder = temporaryFolder();
  const script = `
    import { navigator, watchCaptures } from "node-usermedia";
    watchCaptures(([capture]) => capture && console.log(capture.deviceKey));
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getTracks();
    track.onended = ({ error }) => console.log("ended: " + error.message);
  `;
  const environment = {
    ...process.env,
    USERMEDIA_BACKENDS: "file",
    USERMEDIA_FILES: makeMediaFile(folder, { tracks: "video" }),
    USERMEDIA_CONFIG_DIR: folder,
    USERMEDIA_PERMISSIONS: "camera=granted",
    XDG_RUNTIME_DIR: folder,
  };
  const program = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void program.kill("SIGKILL"));
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const deviceKey = String((await lines.next()).value);
  const words = option.map((word) => word.replace("KEY", deviceKey));
  const revoked = await runCommand(
    ["permission", "revoke", "camera", ...words],
    folder,
    environment,
  );
  expect(revoked).toMatchObject({ code: 0, out: expect.stringContaining("Revoked camera") });
  expect((await lines.next()).value).toBe("ended: The permission was taken back");
});
