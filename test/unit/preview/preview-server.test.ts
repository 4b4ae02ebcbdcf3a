import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { PreviewServer } from "../../../src/preview/preview-server.ts";
import { VirtualDevices } from "../../../src/testing/index.ts";
import { pageClient } from "../../support/page-client.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/until.ts";

async function opened() {
  const devices = new VirtualDevices();
  const camera = devices.addCamera({ label: "Stand-in" });
  const folder = temporaryFolder();
  const server = new PreviewServer({
    mediaDevices: devices.mediaDevices,
    folder,
    syntheticLabels: new Set(["Stand-in"]),
  });
  onTestFinished(async () => {
    await server.close();
    await devices.close();
  });
  const client = pageClient(await server.start());
  const headers = await client.login();
  const states: { recording: string; synthetic: string[]; saved: string }[] = [];
  /** As a page that is open: it reads what it is to show. */
  const watch = async (): Promise<() => void> => {
    const { host, port } = client;
    const call = request({ port, path: "/events", headers: { ...headers, host } }).end();
    const [response] = await once(call, "response");
    let text = "";
    response.on("data", (chunk: Buffer) => {
      const lines = (text + chunk.toString()).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) states.push(JSON.parse(line));
    });
    response.on("error", () => undefined);
    return () => void call.destroy();
  };
  const act = (action: string) =>
    client.ask("/do", { method: "POST", headers, body: JSON.stringify({ action }) });
  return { act, camera, client, devices, folder, headers, states, watch };
}

test("Two Record posts at once start one recording, and Stop ends it", async () => {
  const { act, client, folder, headers, states, watch } = await opened();
  await watch();
  await until(() => states.length > 0);
  await Promise.all([act("record"), act("record")]);
  expect(readdirSync(folder)).toHaveLength(1);
  await until(() => states.at(-1)?.recording.startsWith("recording-") === true);
  const [file = ""] = readdirSync(folder);
  await until(() => statSync(join(folder, file)).size > 0);
  await Promise.all([act("stop"), act("stop")]);
  await until(() => states.at(-1)?.saved !== "");
  expect(states.at(-1)?.recording).toBe("");
  expect(readdirSync(folder)).toEqual([states.at(-1)?.saved]);
  // What was saved can be read by the page, and nothing else.
  const saved = await client.ask(`/saved/${states.at(-1)?.saved}`, { headers });
  expect([saved.status, saved.headers["content-type"]]).toEqual([200, "video/webm"]);
  expect((await client.ask("/saved/..%2Fpackage.json", { headers })).status).toBe(404);
  expect((await client.ask("/saved/package.json", { headers })).status).toBe(404);
});

test("Devices are open as long as the page is, and stand-ins are marked", async () => {
  const { camera, devices, states, watch } = await opened();
  const opens = () => devices.calls.filter(({ method }) => method === "getUserMedia").length;
  expect([opens(), camera.isLive]).toEqual([0, false]);
  const leave = await watch();
  await until(() => states.length > 0);
  expect([opens(), camera.isLive]).toEqual([1, true]);
  expect(states.at(-1)?.synthetic).toEqual(["Stand-in"]);
  leave();
  await until(() => !camera.isLive);
  await watch();
  await until(() => opens() === 2);
});
