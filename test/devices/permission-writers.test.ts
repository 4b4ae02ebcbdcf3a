import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { PermissionStore } from "../../src/permission/store/permission-store.ts";
import { remember } from "../../src/permission/store/store-changes.ts";
import { parseStore } from "../../src/permission/store/store-data.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const writer = fileURLToPath(new URL("store-writer.mjs", import.meta.url));
const run = promisify(execFile);

function applicationsIn(folder: string): readonly string[] {
  const data = parseStore(readFileSync(join(folder, "permissions.json"), "utf8"));
  return Object.keys(data?.applications ?? {}).sort();
}

test("a hundred processes that grant at the same time lose nothing, and no reader sees a torn file", async () => {
  const folder = temporaryFolder();
  const ids = Array.from({ length: 100 }, (_value, index) => `app:${index}`);
  const store = new PermissionStore(folder);
  const statuses = new Set<string>();
  const reader = setInterval(() => statuses.add(store.read().status), 5);
  await Promise.all(ids.map((id) => run(process.execPath, [writer, folder, id, "1"])));
  clearInterval(reader);
  expect(applicationsIn(folder)).toEqual([...ids].sort());
  expect([...statuses]).toEqual(["readable"]);
  expect(readdirSync(folder)).toEqual(["permissions.json"]);
});

test("a writer killed while it writes leaves a whole file, and the next one goes on", async () => {
  const folder = temporaryFolder();
  const store = new PermissionStore(folder);
  for (const id of ["app:first", "app:second", "app:third"]) {
    const child = spawn(process.execPath, [writer, folder, id, "for ever"]);
    for (let part = 0; part < 3; part += 1) await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    expect(store.read().status).toBe("readable");
    expect(applicationsIn(folder)).toContain(id);
  }
  const last = { id: "app:last", path: "/last", packageName: undefined };
  const since = new Date().toISOString();
  await store.update((data) => remember(data, last, { name: "camera", state: "denied" }, since));
  expect(applicationsIn(folder)).toEqual(["app:first", "app:last", "app:second", "app:third"]);
  expect(readdirSync(folder)).toEqual(["permissions.json"]);
});
