import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { PermissionBroker } from "../../../src/permission/contract.ts";
import {
  grantPermissions,
  listPermissions,
  resetPermissions,
  revokePermissions,
} from "../../../src/permission/management/manage-permissions.ts";
import { program, requestFor, ScriptedPrompt } from "./fixture.ts";

/** Resolves when the broker says that something changed. The watch itself keeps nothing alive. */
async function nextChange(broker: PermissionBroker, change: () => Promise<unknown>) {
  const alive = setInterval(() => undefined, 1000);
  const changed = new Promise<void>((resolve) => {
    const stop = broker.watch(() => {
      stop();
      resolve();
    });
  });
  await change();
  await changed;
  clearInterval(alive);
}

test("a remembered grant that is revoked from elsewhere is gone while the program runs", async () => {
  const { broker, folder, entry } = program();
  await grantPermissions(["camera", "microphone"], { application: entry, folder });
  const running = broker();
  expect(running.query("camera")).toBe("granted");
  await nextChange(running, () => revokePermissions(["camera"], { folder }));
  expect(running.query("camera")).toBe("prompt");
  expect(running.query("microphone")).toBe("granted");
});

test.each([
  ["of every program", () => ({})],
  ["of this program", (entry: string) => ({ application: entry })],
  ["of its package", (entry: string) => ({ application: entry.replace(/\/main\.js$/u, "") })],
])("what was allowed once is revoked from elsewhere: %s", async (_name, options) => {
  const prompt = new ScriptedPrompt();
  const { broker, folder, entry } = program(undefined, { prompts: [prompt] });
  const running = broker();
  const call = running.request(requestFor("camera"));
  await prompt.answer("once");
  await call;
  await nextChange(running, () => revokePermissions(["camera"], { folder, ...options(entry) }));
  expect(running.query("camera")).toBe("prompt");
});

test("another program's revocation changes nothing here", async () => {
  const { broker, folder, entry } = program();
  const other = program();
  await grantPermissions(["camera"], { application: entry, folder });
  await revokePermissions(["camera"], { application: other.entry, folder });
  expect(broker().query("camera")).toBe("granted");
});

test("a grant after a revocation holds", async () => {
  const prompt = new ScriptedPrompt();
  const { broker, folder } = program(undefined, { prompts: [prompt] });
  const running = broker();
  await revokePermissions(["camera"], { folder });
  const call = running.request(requestFor("camera"));
  await prompt.answer("once");
  await call;
  expect(running.query("camera")).toBe("granted");
});

test("the program itself can revoke, and its watchers hear of it", async () => {
  const { broker, folder, entry } = program();
  await grantPermissions(["camera", "microphone"], { application: entry, folder });
  const running = broker();
  await nextChange(running, () => running.revoke("camera"));
  expect(running.query("camera")).toBe("prompt");
  expect(broker().query("camera")).toBe("prompt");
  expect(broker().query("microphone")).toBe("granted");
});

test("what a handler granted can be revoked, one device too", async () => {
  const running = program().broker();
  running.setPermissionRequestHandler(() => "granted");
  await running.request(requestFor("camera"));
  await running.revoke("camera", "test:camera");
  expect(running.query("camera", "test:camera")).toBe("prompt");
  expect(running.query("camera", "test:other")).toBe("granted");
});

test("revoking keeps Blocks, resetting forgets them", async () => {
  const prompt = new ScriptedPrompt();
  const { broker, folder } = program(undefined, { prompts: [prompt] });
  const running = broker();
  const call = running.request(requestFor("camera"));
  await prompt.answer("block");
  await call;
  await revokePermissions(["camera"], { folder });
  expect(running.query("camera")).toBe("denied");
  await nextChange(running, () => resetPermissions(["camera"], { folder }));
  expect(running.query("camera")).toBe("prompt");
});

test("the list tells what is remembered of whom", async () => {
  const { folder, entry } = program();
  await grantPermissions(["camera"], { application: entry, folder, deviceKey: "v4l2:1" });
  await grantPermissions(["microphone"], { application: entry, folder });
  const application = { packageName: "recorder", path: entry };
  expect(listPermissions({ folder })).toMatchObject([
    { application, name: "camera", state: "granted", deviceKey: "v4l2:1" },
    { application, name: "microphone", state: "granted" },
  ]);
});

test("a grant to a package's folder holds for each of its programs", async () => {
  const { broker, folder, appFolder } = program();
  const { path, packageName } = await grantPermissions(["camera"], {
    application: appFolder,
    folder,
  });
  expect([path, packageName]).toEqual([appFolder, "recorder"]);
  expect(broker().query("camera")).toBe("granted");
});

test("granting to a program that isn't there is an error", async () => {
  const { folder } = program();
  await expect(
    grantPermissions(["camera"], { application: "/no/such.js", folder }),
  ).rejects.toThrow("There is no program at /no/such.js");
});

test("device ids are salted the same in each run, differently in each program, anew after a reset", async () => {
  const { broker, folder } = program();
  const salt = broker().deviceIdSalt();
  expect(salt).toMatch(/^[0-9a-f]{64}$/u);
  expect(broker().deviceIdSalt()).toBe(salt);
  expect(program().broker({ folder }).deviceIdSalt()).not.toBe(salt);
  await resetPermissions(["camera"], { folder });
  expect(broker().deviceIdSalt()).toBe(salt);
  await resetPermissions(undefined, { folder });
  expect(broker().deviceIdSalt()).not.toBe(salt);
});

/** A running program that was allowed its camera once, or one device of it. */
async function allowedOnce(deviceKey?: string) {
  const prompt = new ScriptedPrompt();
  const it = program(undefined, { prompts: [prompt] });
  const running = it.broker();
  const call = running.request(requestFor("camera"));
  await prompt.answer("once", deviceKey === undefined ? {} : { camera: deviceKey });
  await call;
  return { ...it, running, store: join(it.folder, "permissions.json") };
}

test.each<[string, (store: string, backup: string) => void]>([
  ["deleted", (store) => rmSync(store)],
  ["damaged", (store) => writeFileSync(store, "{")],
  ["restored from a backup", (store, backup) => writeFileSync(store, backup)],
])("what was revoked stays revoked when the store is %s", async (_name, change) => {
  const { entry, folder, running, store } = await allowedOnce();
  await grantPermissions(["microphone"], { application: entry, folder });
  const backup = readFileSync(store, "utf8");
  await nextChange(running, () => revokePermissions(["camera"], { folder }));
  change(store, backup);
  expect(running.query("camera")).toBe("prompt");
  expect(running.query("camera", "test:camera")).toBe("prompt");
});

test("a revocation is seen though nobody asks the broker or watches it", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { folder, running, store } = await allowedOnce();
  await revokePermissions(["camera"], { folder });
  vi.advanceTimersByTime(1000);
  rmSync(store);
  expect(running.query("camera")).toBe("prompt");
});

test.each([
  ["of every program", () => ({})],
  ["of this program", (entry: string) => ({ application: entry })],
])("one device that was allowed once is revoked from elsewhere: %s", async (_name, options) => {
  const { entry, folder, running } = await allowedOnce();
  const application = options(entry);
  await nextChange(running, () =>
    revokePermissions(["camera"], { folder, deviceKey: "test:camera", ...application }),
  );
  expect(running.query("camera", "test:camera")).toBe("prompt");
  expect(running.query("camera", "test:other")).toBe("granted");
  rmSync(join(folder, "permissions.json"));
  expect(running.query("camera", "test:camera")).toBe("prompt");
});

test("what the environment granted is revoked until the program is started again", async () => {
  const { broker, folder } = program(undefined, {
    environment: { USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted" },
  });
  const running = broker();
  expect(running.query("camera")).toBe("granted");
  await nextChange(running, () => revokePermissions(["camera"], { folder }));
  expect(running.query("camera")).toBe("prompt");
  expect(running.query("microphone")).toBe("granted");
  const [decision] = await running.request(requestFor("camera"));
  expect(decision?.message).toContain("USERMEDIA_PERMISSIONS was revoked");
  expect(broker().query("camera")).toBe("granted");
});

test("one device that the environment granted is revoked, and the program itself can revoke", async () => {
  const { broker, folder } = program(undefined, {
    environment: { USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted" },
  });
  const running = broker();
  expect(running.query("camera", "test:camera")).toBe("granted");
  await nextChange(running, () =>
    revokePermissions(["camera"], { folder, deviceKey: "test:camera" }),
  );
  expect(running.query("camera", "test:camera")).toBe("prompt");
  expect(running.query("camera", "test:other")).toBe("granted");
  await running.revoke("microphone");
  expect(running.query("microphone")).toBe("prompt");
});
