import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { configFolder } from "../../../../src/permission/store/config-folder.ts";
import { PermissionStore } from "../../../../src/permission/store/permission-store.ts";
import { userSecret } from "../../../../src/permission/store/device-id-salt.ts";
import { remember } from "../../../../src/permission/store/store-changes.ts";
import type { StoreData } from "../../../../src/permission/store/store-data.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { program, requestFor } from "../fixture.ts";

const subject = { id: "a", path: "/a", packageName: undefined };
const granting = (data: StoreData): StoreData =>
  remember(data, subject, { name: "camera", state: "granted" }, "2026-11-22T20:00:00.000Z");

/** Ways in which the folder of a program can be no place to keep something. */
const unusable: Readonly<Record<string, (folder: string) => void>> = {
  "a file in place of the folder": (folder) => writeFileSync(folder, ""),
  "a file above the folder": (folder) => {
    writeFileSync(folder, "");
    symlinkSync(join(folder, "below"), `${folder}-link`);
    renameSync(`${folder}-link`, folder);
  },
  "a folder that leads to itself": (folder) => symlinkSync(folder, folder),
  "a folder in place of the file": (folder) =>
    mkdirSync(join(folder, "permissions.json"), { recursive: true, mode: 0o700 }),
  "a named pipe in place of the file": (folder) => {
    mkdirSync(folder, { mode: 0o700 });
    execFileSync("mkfifo", ["-m", "600", join(folder, "permissions.json")]);
  },
};

test.each(Object.entries(unusable))(
  "with %s, only the environment and harmless devices allow something",
  async (_what, spoil) => {
    const { folder, broker } = program();
    spoil(folder);
    const asked = broker();
    expect(asked.query("camera")).toBe("denied");
    expect(await asked.request(requestFor("camera"))).toEqual([
      { name: "camera", state: "denied", message: expect.stringContaining(folder) },
    ]);
    const synthetic = { key: "synthetic:1", label: "Test picture", needsPermission: false };
    const harmless = { kinds: [{ name: "camera", devices: [synthetic] } as const] };
    expect((await asked.request(harmless))[0]?.state).toBe("granted");
    const environment = { USERMEDIA_PERMISSIONS: "camera=granted" };
    const allowed = broker({ environment });
    expect((await allowed.request(requestFor("camera")))[0]?.state).toBe("granted");
    expect(asked.deviceIdSalt()).toMatch(/^[0-9a-f]{64}$/u);
    await expect(new PermissionStore(folder).update(granting)).rejects.toThrow(folder);
  },
);

test("a folder that becomes unusable while it is watched is heard of, as is its repair", async () => {
  const folder = join(temporaryFolder(), "config");
  const store = new PermissionStore(folder);
  await store.update(granting);
  const alive = setInterval(() => undefined, 1000);
  let heard: () => void = () => undefined;
  const change = () => new Promise<void>((resolve) => (heard = resolve));
  const stop = store.watch(() => heard());
  const spoilt = change();
  renameSync(folder, `${folder}-aside`);
  symlinkSync(folder, folder);
  await spoilt;
  expect(store.read()).toMatchObject({ status: "untrusted" });
  const repaired = change();
  rmSync(folder);
  renameSync(`${folder}-aside`, folder);
  await repaired;
  expect(store.read()).toMatchObject({ status: "readable" });
  stop();
  clearInterval(alive);
});

test("a named pipe in place of the secret of device ids doesn't block", () => {
  const folder = temporaryFolder();
  execFileSync("mkfifo", [join(folder, "device-id-secret")]);
  expect(userSecret(folder)).toHaveLength(32);
});

test("something else where the lock would be is said at once", async () => {
  const store = new PermissionStore(temporaryFolder());
  mkdirSync(`${store.file}.lock`);
  await expect(store.update(granting)).rejects.toThrow("is not a regular file; move it away");
});

test.each([
  ["the file", "config/permissions.json"],
  ["the folder", "config"],
])(
  "%s is refused when it is a link into a folder that others can write to",
  async (_what, link) => {
    const root = temporaryFolder();
    const folder = join(root, "config");
    const store = new PermissionStore(folder);
    await store.update(granting);
    expect(store.read()).toMatchObject({ status: "readable" });
    const shared = join(root, "shared");
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    renameSync(join(root, link), join(shared, "moved"));
    symlinkSync(join(shared, "moved"), join(root, link));
    expect(store.read()).toMatchObject({
      status: "untrusted",
      reason: expect.stringMatching(new RegExp(`Others can write to ${shared}.*chmod`, "u")),
    });
    await expect(store.update(granting)).rejects.toThrow(shared);
    // Nobody else can move what is in a sticky folder, such as /tmp; what lies in it itself is another matter.
    chmodSync(shared, 0o1777);
    const status = link === "config" ? "readable" : "untrusted";
    expect(store.read()).toMatchObject({ status });
  },
);

test("a link that others can point elsewhere is refused, wherever it leads", async () => {
  const root = temporaryFolder();
  const shared = join(root, "shared");
  mkdirSync(shared);
  chmodSync(shared, 0o777);
  mkdirSync(join(root, "real"), { mode: 0o700 });
  symlinkSync("../real", join(shared, "link"));
  symlinkSync("shared/link", join(root, "config"));
  const store = new PermissionStore(join(root, "config"));
  expect(store.read()).toMatchObject({ status: "untrusted" });
  chmodSync(shared, 0o755);
  expect(store.read()).toMatchObject({ status: "readable" });
});

test.each(["", "relative/home"])("HOME=%s keeps nothing in the current folder", (HOME) => {
  expect(configFolder({ HOME })).toMatch(/^\/.*usermedia$/u);
  expect(configFolder({ HOME: "/home/ada", XDG_CONFIG_HOME: HOME })).toBe(
    "/home/ada/.config/usermedia",
  );
});

test.skipIf(process.getuid?.() !== 0)(
  "a user without a home, and one who may not read the folder, are told so",
  () => {
    const root = temporaryFolder();
    chmodSync(root, 0o755);
    mkdirSync(join(root, "closed"), { mode: 0o700 });
    const script = `
      const { createPermissionBroker } = await import(${JSON.stringify(resolve("dist/permission/index.js"))});
      const devices = [{ key: "v4l2:1", label: "Desk" }];
      const [{ state, message }] = await createPermissionBroker().request({ kinds: [{ name: "camera", devices }] });
      console.log(state, message);`;
    const says = (env: Record<string, string>): string =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        env: { PATH: process.env["PATH"], USERMEDIA_PROMPT: "none", ...env },
        uid: 54_321,
        gid: 54_321,
        cwd: root,
        encoding: "utf8",
      });
    expect(says({})).toMatch(/^denied There is no home folder.*USERMEDIA_CONFIG_DIR/u);
    expect(says({ HOME: "" })).toMatch(/^denied There is no home folder/u);
    const closed = join(root, "closed", "usermedia");
    expect(says({ USERMEDIA_CONFIG_DIR: closed })).toMatch(/^denied .*can't be read.*EACCES/u);
    expect(statSync(root).mode & 0o777).toBe(0o755);
  },
);
