import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { expect, test } from "vitest";

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
