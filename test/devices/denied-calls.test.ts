import { join } from "node:path";
import { expect, test } from "vitest";

import { createMediaCapture, syntheticDevices } from "../../src/backend.ts";
import { createPermissionBroker } from "../../src/permission/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a call for a microphone fails with where there are cameras alone: a denial comes first. */
async function denialIn(environment: NodeJS.ProcessEnv): Promise<unknown> {
  const config = { USERMEDIA_CONFIG_DIR: join(temporaryFolder(), "usermedia") };
  const permission = createPermissionBroker({ environment: { ...config, ...environment } });
  const { mediaDevices } = createMediaCapture({ backends: [], permission });
  return await mediaDevices.getUserMedia({ audio: true }).catch((error: unknown) => error);
}

test("a denial by the environment names the variable, with no device of the kind too", async () => {
  expect(await denialIn({ USERMEDIA_PERMISSIONS: "microphone=denied" })).toMatchObject({
    name: "NotAllowedError",
    message: expect.stringContaining("USERMEDIA_PERMISSIONS denies microphone") as string,
  });
});

test("a mistake in the variable is told as it is", async () => {
  expect(await denialIn({ USERMEDIA_PERMISSIONS: "mikrofon=granted" })).toMatchObject({
    name: "NotAllowedError",
    message: expect.stringContaining("mikrofon") as string,
  });
});

test("constraints that no device meets don't tell a denied kind from a missing one", async () => {
  const environment = { USERMEDIA_PERMISSIONS: "camera=denied" };
  const permission = createPermissionBroker({ environment });
  const backends = [syntheticDevices()];
  const { close, mediaDevices } = createMediaCapture({ backends, permission });
  const call = mediaDevices.getUserMedia({ video: { width: { min: 100_000 } } });
  await expect(call).rejects.toThrow(/USERMEDIA_PERMISSIONS denies camera/u);
  await close();
});
