import { expect, test, vi } from "vitest";
import { virtualDevices } from "node-usermedia/testing/vitest";
import { deviceMenu } from "./device-menu.js";

const texts = (select) => [...select.children].map(({ textContent }) => textContent);

test("has no names until the user has allowed a camera", async () => {
  const devices = virtualDevices;
  devices.addCamera({ label: "Front" });
  devices.addCamera({ label: "Back" });
  const select = document.createElement("select");
  await deviceMenu(select);
  expect(texts(select)).toEqual(["Camera 1"]);

  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  await deviceMenu(select);
  expect(texts(select)).toEqual(["Front", "Back"]);
  for (const track of stream.getTracks()) track.stop();
});

test("follows what is plugged in and out", async () => {
  const devices = virtualDevices;
  const front = devices.addCamera({ label: "Front" });
  (await navigator.mediaDevices.getUserMedia({ video: true })).getTracks()[0].stop();
  const select = document.createElement("select");
  await deviceMenu(select);
  devices.addCamera({ label: "Microscope" });
  await vi.waitFor(() => expect(texts(select)).toEqual(["Front", "Microscope"]));
  front.unplug();
  await vi.waitFor(() => expect(texts(select)).toEqual(["Microscope"]));
});
