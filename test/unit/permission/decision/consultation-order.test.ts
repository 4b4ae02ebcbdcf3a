import { chmodSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { PermissionRequestHandler } from "../../../../src/permission/contract.ts";
import { consultationOrder } from "../../../../src/permission/decision/consultation-order.ts";
import {
  grantPermissions,
  resetPermissions,
} from "../../../../src/permission/management/manage-permissions.ts";
import { program, requestFor, ScriptedPrompt } from "../fixture.ts";

const granted = { name: "camera", state: "granted" };
const onlyMicrophone = { permissions: { "audio-capture": { description: "To hear you" } } };
const harmless = {
  kinds: [
    { name: "camera", devices: [{ key: "synthetic:1", label: "Test", needsPermission: false }] },
  ],
} as const;

async function blocked(options: Parameters<typeof program>[1] = {}) {
  const { broker, folder } = program(undefined, options);
  const prompt = new ScriptedPrompt();
  const asked = broker({ prompts: [prompt] }).request(requestFor("camera"));
  await prompt.answer("block");
  await asked;
  return { broker, folder };
}

test("the order is the documented one", () => {
  const page = readFileSync(new URL("../../../../docs/permissions.md", import.meta.url), "utf8");
  const documented = [...page.matchAll(/^\| (\d+) \| ([a-z ]+) \|/gmu)].map(([, , by]) => by);
  expect(consultationOrder.map(({ by }) => by)).toEqual(documented);
});

test("a kind that the manifest doesn't declare is denied, whatever the environment says", async () => {
  const { broker, appFolder } = program(onlyMicrophone);
  const environment = { USERMEDIA_PERMISSIONS: "camera=granted" };
  const [decision] = await broker({ environment }).request(requestFor("camera"));
  expect(decision?.state).toBe("denied");
  expect(decision?.message).toContain(`${appFolder}/package.json`);
  expect(decision?.message).toContain('"video-capture": { "description":');
});

test("the environment's grant wins over a Block", async () => {
  const { broker } = await blocked();
  const environment = { USERMEDIA_PERMISSIONS: "camera=granted" };
  expect(await broker({ environment }).request(requestFor("camera"))).toEqual([granted]);
});

test("the environment's denial wins over a handler, a grant and a harmless device", async () => {
  const { broker, folder, entry } = program();
  await grantPermissions(["camera"], { application: entry, folder });
  const denying = broker({ environment: { USERMEDIA_PERMISSIONS: "camera=denied" } });
  denying.setPermissionRequestHandler(() => "granted");
  expect((await denying.request(requestFor("camera")))[0]?.message).toContain("camera=granted");
  expect((await denying.request(harmless))[0]?.state).toBe("denied");
});

test("a mistyped policy denies everything and names the mistake", async () => {
  const { broker } = program();
  const asked = broker({ environment: { USERMEDIA_PERMISSIONS: "camera=yes" } });
  const [decision] = await asked.request(requestFor("microphone"));
  expect(decision).toMatchObject({ state: "denied" });
  expect(decision?.message).toContain('"camera=yes"');
});

test("a store that others can write to denies, even what a handler would grant", async () => {
  const { broker, folder, entry } = program();
  await grantPermissions(["camera"], { application: entry, folder });
  chmodSync(`${folder}/permissions.json`, 0o666);
  const asked = broker();
  asked.setPermissionRequestHandler(() => "granted");
  const [decision] = await asked.request(requestFor("camera"));
  expect(decision?.state).toBe("denied");
  expect(decision?.message).toContain(`chmod 600 ${folder}/permissions.json`);
});

test("a Block wins over a handler that would grant", async () => {
  const { broker } = await blocked();
  const asked = broker();
  asked.setPermissionRequestHandler(() => "granted");
  const [decision] = await asked.request(requestFor("camera"));
  expect(decision?.state).toBe("denied");
  expect(decision?.message).toContain("usermedia permission reset camera --app ");
});

test("a Block holds until it is reset", async () => {
  const { broker, folder } = await blocked();
  expect(broker().query("camera")).toBe("denied");
  await resetPermissions(["camera"], { folder });
  expect(broker().query("camera")).toBe("prompt");
});

test("a handler's denial wins over a remembered grant", async () => {
  const { broker, folder, entry } = program();
  await grantPermissions(["camera"], { application: entry, folder });
  const asked = broker();
  asked.setPermissionRequestHandler(() => "denied");
  expect((await asked.request(requestFor("camera")))[0]?.state).toBe("denied");
});

test("a handler's grant spares the prompt", async () => {
  const prompt = new ScriptedPrompt();
  const asked = program().broker({ prompts: [prompt] });
  asked.setPermissionRequestHandler(async () => "granted" as const);
  expect(await asked.request(requestFor("camera"))).toEqual([granted]);
  expect(prompt.questions).toEqual([]);
  expect(asked.query("camera")).toBe("granted");
});

test("a handler is told the program, the kinds, the devices and the reason", async () => {
  const { broker, entry } = program(onlyMicrophone);
  const asked = broker();
  const requests: unknown[] = [];
  asked.setPermissionRequestHandler((request) => void requests.push(request));
  await asked.request(requestFor("microphone"));
  expect(requests).toEqual([
    {
      application: { name: "recorder", path: entry },
      kinds: [
        {
          name: "microphone",
          devices: [{ key: "test:microphone", label: "A microphone" }],
          reason: "To hear you",
        },
      ],
    },
  ]);
});

test("a handler without an answer hands on to the prompt", async () => {
  const prompt = new ScriptedPrompt();
  const asked = program().broker({ prompts: [prompt] });
  asked.setPermissionRequestHandler(() => undefined);
  const decisions = asked.request(requestFor("camera"));
  await prompt.answer("once");
  expect(await decisions).toEqual([granted]);
});

test.each<[string, PermissionRequestHandler]>([
  ["throws", () => Promise.reject<undefined>(new Error("no idea"))],
  ["answers nonsense", () => JSON.parse('"yes"') as "granted"],
])("a handler that %s denies", async (_name, handler) => {
  const asked = program().broker();
  asked.setPermissionRequestHandler(handler);
  const [decision] = await asked.request(requestFor("camera"));
  expect(decision).toMatchObject({ state: "denied", message: expect.stringContaining("handler") });
});

test("devices that show nobody are granted without asking", async () => {
  const prompt = new ScriptedPrompt();
  const asked = program().broker({ prompts: [prompt] });
  expect(await asked.request(harmless)).toEqual([granted]);
  expect(prompt.questions).toEqual([]);
});

test("a remembered grant spares the prompt", async () => {
  const prompt = new ScriptedPrompt();
  const { broker, folder, entry } = program();
  await grantPermissions(["camera"], { application: entry, folder });
  expect(await broker({ prompts: [prompt] }).request(requestFor("camera"))).toEqual([granted]);
});

test("with nobody to ask it is denied, and the message says three ways to grant", async () => {
  const { broker, entry } = program();
  const [decision] = await broker().request(requestFor("camera"));
  expect(decision?.state).toBe("denied");
  expect(decision?.message).toContain(`usermedia permission grant camera --app ${entry}`);
  expect(decision?.message).toContain('USERMEDIA_PERMISSIONS="camera=granted"');
  expect(decision?.message).toContain("setPermissionRequestHandler");
});

test("one denied kind decides the call, and nobody is asked for the other", async () => {
  const prompt = new ScriptedPrompt();
  const asked = program().broker({
    prompts: [prompt],
    environment: { USERMEDIA_PERMISSIONS: "microphone=denied" },
  });
  const decisions = await asked.request(requestFor("camera", "microphone"));
  expect(decisions.map(({ name, state }) => [name, state])).toEqual([
    ["camera", "denied"],
    ["microphone", "denied"],
  ]);
  expect(decisions[0]?.message).toContain("microphone");
  expect(prompt.questions).toEqual([]);
});
