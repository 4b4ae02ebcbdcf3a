import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runningApplication } from "../../../../src/permission/application/identify-application.ts";
import { grantPermissions } from "../../../../src/permission/management/manage-permissions.ts";
import { program } from "../fixture.ts";

async function grantedProgram() {
  const it = program();
  await grantPermissions(["camera"], { application: it.entry, folder: it.folder });
  return it;
}

test("a program is its package's name and the real path of its entry script", () => {
  const { entry, appFolder, root } = program();
  const link = join(root, "link.js");
  symlinkSync(entry, link);
  expect(runningApplication(link)).toMatchObject({
    name: "recorder",
    path: entry,
    packageName: "recorder",
    ids: [`recorder:${entry}`, `recorder:${appFolder}`],
  });
});

test("the extension may be left out, as on Node's command line", () => {
  const { entry } = program();
  expect(runningApplication(entry.replace(".js", "")).path).toBe(entry);
});

test("a package inside another is a program of its own", () => {
  const { appFolder } = program();
  mkdirSync(join(appFolder, "node_modules/other"), { recursive: true });
  writeFileSync(join(appFolder, "node_modules/other/package.json"), '{"name":"other"}');
  writeFileSync(join(appFolder, "node_modules/other/bin.js"), "");
  expect(runningApplication(join(appFolder, "node_modules/other/bin.js")).name).toBe("other");
});

test("a renamed program doesn't keep its grant", async () => {
  const { broker, entry } = await grantedProgram();
  renameSync(entry, `${entry}.old.js`);
  expect(broker({ entry: `${entry}.old.js` }).query("camera")).toBe("prompt");
});

test("another package in the same place doesn't inherit a grant", async () => {
  const { broker, appFolder } = await grantedProgram();
  writeFileSync(join(appFolder, "package.json"), '{"name":"something-else"}');
  expect(broker().query("camera")).toBe("prompt");
});

test("another script of the package doesn't inherit a script's grant", async () => {
  const { broker, appFolder } = await grantedProgram();
  const other = join(appFolder, "other.js");
  writeFileSync(other, "");
  expect(broker({ entry: other }).query("camera")).toBe("prompt");
});

test("a program without a file has no grant, whatever the folder it runs in was granted", async () => {
  const { broker } = await grantedProgram();
  expect(broker({ entry: "/no/such/file.js" }).query("camera")).toBe("prompt");
});
