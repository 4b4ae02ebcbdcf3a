import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonLines } from "../../../../src/permission/manifest/json-positions.ts";
import { readManifest } from "../../../../src/permission/manifest/read-manifest.ts";
import * as fc from "fast-check";
import { permissionNames } from "../../../../src/permission/permission-names.ts";
import { program } from "../fixture.ts";

const declares = { permissions: { "video-capture": { description: "To see you" } } };

function manifestOf(files: Readonly<Record<string, string>>) {
  const { appFolder, entry } = program();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(appFolder, name), text);
  return { manifest: readManifest({ path: entry, folder: appFolder }), appFolder };
}

test("without a manifest every kind may be asked for, without a reason", () => {
  const { manifest } = manifestOf({});
  expect(manifest.refusal("camera")).toBeUndefined();
  expect(manifest.reason("camera")).toBeUndefined();
});

test.each([
  ["package.json", JSON.stringify({ name: "recorder", usermedia: declares })],
  ["manifest.webapp", JSON.stringify(declares)],
  ["manifest.json", JSON.stringify({ name: "Recorder", ...declares })],
  ["manifest.webapp", `\uFEFF${JSON.stringify(declares)}`],
])("%s gives the reasons and rules out the rest", (file, text) => {
  const { manifest, appFolder } = manifestOf({ [file]: text });
  expect(manifest.reason("camera")).toBe("To see you");
  expect(manifest.refusal("camera")).toBeUndefined();
  expect(manifest.refusal("microphone")).toContain(join(appFolder, file));
  expect(manifest.refusal("microphone")).toContain('"audio-capture": { "description": ');
});

test("package.json comes before a file beside it", () => {
  const { manifest } = manifestOf({
    "package.json": JSON.stringify({ name: "recorder", usermedia: declares }),
    "manifest.webapp": JSON.stringify({ permissions: {} }),
  });
  expect(manifest.refusal("camera")).toBeUndefined();
});

test.each([
  ["a browser extension's", JSON.stringify({ manifest_version: 3, permissions: ["storage"] })],
  ["a web app's", JSON.stringify({ start_url: "/", display: "standalone" })],
  ["a broken", "{"],
])("%s manifest.json is none of ours", (_whose, text) => {
  expect(manifestOf({ "manifest.json": text }).manifest.refusal("camera")).toBeUndefined();
});

const packageFile = (usermedia: string) =>
  `{\n  "name": "recorder",\n  "usermedia": ${usermedia}\n}\n`;

test.each([
  ["true", "line 3: usermedia must be an object"],
  ['{\n    "permissions": []\n  }', "line 4: usermedia.permissions must be an object"],
  [
    '{\n    "permissions": {\n      "audio-capture": {}\n    }\n  }',
    "line 5: usermedia.permissions.audio-capture.description says in a sentence",
  ],
  [
    '{"permissions": {\n"video-capture": {\n"description": 7 }}}',
    "line 5: usermedia.permissions.video-capture.description says in a sentence",
  ],
  [
    '{"permissions": {\n"video-capture": true }}',
    "line 4: usermedia.permissions.video-capture must be an object",
  ],
])("a malformed field is named with its file and line: %s", (usermedia, message) => {
  const { manifest, appFolder } = manifestOf({ "package.json": packageFile(usermedia) });
  expect(manifest.refusal("camera")).toContain(`${join(appFolder, "package.json")}, ${message}`);
  expect(manifest.refusal("microphone")).toBe(manifest.refusal("camera"));
});

test("text that isn't JSON is named with its line", () => {
  const { manifest } = manifestOf({ "manifest.webapp": '{\n  "permissions": {\n    oops\n  }\n}' });
  expect(manifest.refusal("camera")).toMatch(/manifest\.webapp, line 3: /u);
});

test("a manifest that can't be read is no missing one", (ctx) => {
  if (process.getuid?.() === 0) ctx.skip("root can read every file");
  const { manifest, appFolder } = manifestOf({ "manifest.webapp": JSON.stringify(declares) });
  chmodSync(join(appFolder, "manifest.webapp"), 0);
  expect(manifest.refusal("camera")).toContain("can't be read");
});

test("every member of any JSON text has the line it stands on", () => {
  const key = fc.string({ minLength: 1 }).filter((text) => !text.includes("."));
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), (value) => {
      const text = JSON.stringify(value, undefined, 1);
      const lines = jsonLines(text);
      for (const name of Object.keys(value)) {
        const line = text.split("\n")[(lines.get(name) ?? 0) - 1];
        expect(line?.startsWith(` ${JSON.stringify(name)}:`)).toBe(true);
      }
    }),
  );
});

/** A manifest, or nearly one. */
const nearManifest = fc
  .dictionary(
    fc.constantFrom(
      "video-capture",
      "audio-capture",
      "display-capture",
      "__proto__",
      "geolocation",
    ),
    fc.oneof(
      fc.record({ description: fc.oneof(fc.string(), fc.jsonValue()) }, { requiredKeys: [] }),
      fc.jsonValue(),
    ),
  )
  .map((permissions) => JSON.stringify({ permissions }));

test("whatever a manifest says, a kind may be asked for only where it gives the reason", () => {
  const { appFolder, entry } = program();
  const file = join(appFolder, "manifest.webapp");
  fc.assert(
    fc.property(fc.oneof(nearManifest, fc.json(), fc.string()), (text) => {
      writeFileSync(file, text);
      const manifest = readManifest({ path: entry, folder: appFolder });
      const refusals = permissionNames.map((name) => manifest.refusal(name));
      const reasons = permissionNames.map((name) => manifest.reason(name));
      // A file that declares nothing is none of ours.
      if (refusals.every((refusal) => refusal === undefined) && !text.includes("capture")) return;
      for (const [index, refusal] of refusals.entries()) {
        if (refusal === undefined) expect(reasons[index]).toMatch(/\S/u);
        else expect(refusal).toContain(file);
      }
    }),
    { numRuns: 1_000 },
  );
});
