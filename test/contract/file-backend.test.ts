import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { describeBackend } from "./backend.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-file-"));
let path = "";
beforeAll(() => {
  path = makeMediaFile(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(["video", "audio"])("fileBackend, %s", (media) => {
  describeBackend(() =>
    Promise.resolve({
      backend: fileBackend({ files: [path] }),
      hardwareId: `${path}#${media}`,
      isShared: true,
    }),
  );
});
