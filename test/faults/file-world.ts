import { onTestFinished } from "vitest";
import type { Backend } from "../../src/contract/device.ts";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import { createMediaCapture, type MediaCapture } from "../../src/world/create-media-capture.ts";
import { createPermissionBroker } from "../../src/permission/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A world of these backends, which anybody may use, until the test has ended. */
export function worldOf(...backends: Backend[]): MediaCapture {
  const folder = temporaryFolder();
  const environment = { USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted" };
  const permission = createPermissionBroker({ environment, folder, runtimeFolder: folder });
  const capture = createMediaCapture({ backends, permission });
  onTestFinished(() => capture.close());
  return capture;
}

/** A world of media files that are devices, each with capture processes of its own. */
export function fileWorld(...files: string[]): MediaCapture {
  return worldOf(fileBackend({ files }));
}
