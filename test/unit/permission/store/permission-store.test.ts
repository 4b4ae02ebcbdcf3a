import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PermissionName } from "../../../../src/permission/contract.ts";
import { answerOn } from "../../../../src/permission/decision/evidence.ts";
import { permissionNames } from "../../../../src/permission/permission-names.ts";
import { PermissionStore } from "../../../../src/permission/store/permission-store.ts";
import {
  answersFor,
  remember,
  reset,
  revocationsOf,
  revoke,
} from "../../../../src/permission/store/store-changes.ts";
import {
  emptyStore,
  parseStore,
  type StoreData,
} from "../../../../src/permission/store/store-data.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const since = "2026-11-22T20:00:00.000Z";
const subject = (id: string) => ({ id, path: `/${id}`, packageName: undefined });
const granting =
  (id: string, name: PermissionName = "camera") =>
  (data: StoreData) =>
    remember(data, subject(id), { name, state: "granted" }, since);

function dataOf(store: PermissionStore): StoreData {
  const reading = store.read();
  if (reading.status !== "readable") throw new Error(reading.status);
  return reading.data;
}

test("a store that isn't there yet remembers nothing, and reading makes nothing", () => {
  const folder = join(temporaryFolder(), "config");
  expect(dataOf(new PermissionStore(folder))).toEqual(emptyStore());
  expect(() => statSync(folder)).toThrow("ENOENT");
});

test("the file and its folder are for their user alone", async () => {
  const folder = join(temporaryFolder(), "config");
  const store = new PermissionStore(folder);
  await store.update(granting("a"));
  expect(statSync(store.file).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual(["permissions.json"]);
});

test("changes made at the same time are all kept", async () => {
  const folder = temporaryFolder();
  const ids = Array.from({ length: 20 }, (_value, index) => `app${index}`);
  await Promise.all(ids.map((id) => new PermissionStore(folder).update(granting(id))));
  expect(Object.keys(dataOf(new PermissionStore(folder)).applications).sort()).toEqual(ids.sort());
});

test("a change by someone else is seen at once", async () => {
  const folder = temporaryFolder();
  const [one, other] = [new PermissionStore(folder), new PermissionStore(folder)];
  expect(dataOf(one).applications).toEqual({});
  await other.update(granting("a"));
  expect(Object.keys(dataOf(one).applications)).toEqual(["a"]);
});

test("a watcher hears of a change, also in a folder that is made later", async () => {
  const folder = join(temporaryFolder(), "later");
  const store = new PermissionStore(folder);
  const heard = new Promise<void>((resolve) => {
    const stop = store.watch(() => {
      stop();
      resolve();
    });
  });
  // The watch alone keeps no process alive, so the test does.
  const alive = setInterval(() => undefined, 1000);
  await new PermissionStore(folder).update(granting("a"));
  await expect(heard).resolves.toBeUndefined();
  clearInterval(alive);
});

test.each([
  "",
  "{",
  "[]",
  '{"version":2,"applications":{}}',
  '{"version":1,"applications":{"a":{}}}',
])("a damaged file (%j) is set aside, and nothing of it is believed", async (text) => {
  const folder = temporaryFolder();
  const store = new PermissionStore(folder);
  writeFileSync(store.file, text, { mode: 0o600 });
  expect(store.read()).toEqual({ status: "damaged" });
  await store.update(granting("b"));
  expect(Object.keys(dataOf(store).applications)).toEqual(["b"]);
  const aside = readdirSync(folder).find((name) => name.includes("damaged"));
  expect(readFileSync(join(folder, aside ?? ""), "utf8")).toBe(text);
});

test("what a killed writer left half written is cleared away", async () => {
  const folder = temporaryFolder();
  const store = new PermissionStore(folder);
  await store.update(granting("a"));
  writeFileSync(`${store.file}.0123456789ab.tmp`, '{"version":1,"appl');
  await store.update(granting("b"));
  expect(readdirSync(folder)).toEqual(["permissions.json"]);
  expect(Object.keys(dataOf(store).applications)).toEqual(["a", "b"]);
});

describe("a store that others can write to", () => {
  test.each([
    ["file", 0o620],
    ["file", 0o602],
    ["folder", 0o777],
  ])("is refused, reading and writing (%s %o)", async (what, mode) => {
    const folder = join(temporaryFolder(), "config");
    const store = new PermissionStore(folder);
    await store.update(granting("a"));
    const path = what === "file" ? store.file : folder;
    chmodSync(path, mode);
    expect(store.read()).toMatchObject({ status: "untrusted" });
    await expect(store.update(granting("b"))).rejects.toThrow(
      `chmod ${what === "file" ? 600 : 700} ${path}`,
    );
  });

  test("is refused when the file is a folder", () => {
    const store = new PermissionStore(temporaryFolder());
    mkdirSync(store.file, { mode: 0o700 });
    expect(store.read()).toMatchObject({ status: "untrusted" });
  });
});

const names = fc.constantFrom(...permissionNames);
const ids = fc.constantFrom("a:/x/a.js", "b:/y", ":/z.js", "__proto__:/x");
const devices = fc.option(fc.constantFrom("v4l2:1", "pulse:2"), { nil: undefined });
const changes = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant("remember" as const),
      id: ids,
      name: names,
      state: fc.constantFrom("granted" as const, "denied" as const),
      deviceKey: devices,
    }),
    fc.record({
      type: fc.constantFrom("revoke" as const, "reset" as const),
      id: fc.option(ids, { nil: undefined }),
      name: names,
      state: fc.constant(undefined),
      deviceKey: fc.constant(undefined),
    }),
  ),
);
type Change = typeof changes extends fc.Arbitrary<(infer One)[]> ? One : never;

function apply(data: StoreData, { type, id, name, state, deviceKey }: Change): StoreData {
  const of = id === undefined ? undefined : subject(id);
  if (type === "revoke") return revoke(data, [name], of);
  if (type === "reset") return reset(data, [name], "0f", of);
  const device = deviceKey === undefined ? {} : { deviceKey };
  return of ? remember(data, of, { name, state: state ?? "denied", ...device }, since) : data;
}

describe("any series of changes", () => {
  test("can be written and read again without loss", () => {
    fc.assert(
      fc.property(changes, (series) => {
        const data = series.reduce(apply, emptyStore());
        expect(parseStore(JSON.stringify(data))).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  test("leaves a kind granted only where a grant was the last word on it", () => {
    fc.assert(
      fc.property(changes, ids, names, devices, (series, id, name, deviceKey) => {
        const data = series.reduce(apply, emptyStore());
        const concerning = series.filter(
          (it) =>
            it.name === name &&
            (it.id === undefined || it.id === id) &&
            (it.type !== "remember" || it.deviceKey === undefined || it.deviceKey === deviceKey),
        );
        const isGranted = answerOn(answersFor(data, [id])[name], deviceKey) === "granted";
        const last = concerning.at(-1);
        expect(isGranted).toBe(last?.type === "remember" && last.state === "granted");
      }),
    );
  });

  test("touches no other application", () => {
    fc.assert(
      fc.property(changes, (series) => {
        const foreign = remember(
          emptyStore(),
          subject("other"),
          { name: "camera", state: "granted" },
          since,
        );
        const data = series.filter(({ id }) => id !== undefined).reduce(apply, foreign);
        expect(data.applications["other"]).toEqual(foreign.applications["other"]);
      }),
    );
  });

  test("never counts revocations down", () => {
    fc.assert(
      fc.property(changes, ids, names, (series, id, name) => {
        let [data, count] = [emptyStore(), 0];
        for (const change of series) {
          data = apply(data, change);
          const { devices, kind } = revocationsOf(data, [id], name);
          const next = Object.values(devices).reduce((sum, each) => sum + each, kind);
          expect(next >= count).toBe(true);
          const isTakenBack =
            change.type !== "remember" &&
            change.name === name &&
            (change.id === undefined || change.id === id);
          expect(next > count).toBe(isTakenBack);
          count = next;
        }
      }),
    );
  });
});

test("no text that isn't a store is read as one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const data = parseStore(text);
      expect(data?.applications ?? {}).toEqual({});
    }),
  );
});

/** A store in which one member, anywhere, is something else. */
const altered = fc.tuple(changes, fc.nat(), fc.jsonValue()).map(([series, place, value]) => {
  const data = series.reduce(apply, granting("a")(emptyStore()));
  let member = place;
  return JSON.stringify(data, (_key, old: unknown) => (member-- === 0 ? value : old));
});

test("of a store that somebody altered, nothing is believed but what it says", () => {
  fc.assert(
    fc.property(altered, (text) => {
      // A list passes for an object whose names are its places.
      const asObject = (_key: string, value: unknown) =>
        Array.isArray(value) ? { ...(value as unknown[]) } : value;
      expect([undefined, JSON.parse(text, asObject)]).toContainEqual(parseStore(text));
    }),
    { numRuns: 2_000 },
  );
});

test("a store cut off anywhere is damaged", () => {
  const text = JSON.stringify(granting("a")(emptyStore()));
  for (let length = 0; length < text.length; length += 1) {
    expect(parseStore(text.slice(0, length))).toBeUndefined();
  }
});
