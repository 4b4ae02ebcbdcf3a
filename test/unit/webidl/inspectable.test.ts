import { inspect } from "node:util";
import { expect, it } from "vitest";
import { MediaStream } from "../../../src/web/stream/media-stream.ts";
import { fakeWorld } from "../../support/fake-world.ts";

it("shows the attributes of an object, and inherited ones", async () => {
  const { mediaDevices } = fakeWorld();
  await mediaDevices.getUserMedia({ video: true });
  const devices = await mediaDevices.enumerateDevices();
  const camera = devices.find(({ kind }) => kind === "videoinput");
  expect(inspect(camera)).toMatch(/^InputDeviceInfo \{\s+deviceId: '\w+',\s+kind: 'videoinput',/);
});

it("leaves out handlers that aren't set, and shows those that are", () => {
  const stream = new MediaStream();
  expect(inspect(stream)).toBe(`MediaStream { id: '${stream.id}', active: false }`);
  stream.onaddtrack = () => undefined;
  expect(inspect(stream)).toContain("onaddtrack: [Function");
});

it("shows an object too deep inside others, by its name", () => {
  expect(inspect({ a: { b: { c: new MediaStream() } } })).toContain("c: [MediaStream]");
});
