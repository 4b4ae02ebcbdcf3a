import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ManualClock, silence, tone, VirtualDevices } from "node-usermedia/testing";
import { levelAlarm } from "./level-alarm.mjs";

let clock, devices, uninstall;

beforeEach(() => {
  clock = new ManualClock();
  devices = new VirtualDevices({ clock });
  uninstall = devices.install();
});
afterEach(() => uninstall());

test("is silent for ten seconds, then hears the tone", async () => {
  const microphone = devices.addMicrophone({ content: silence() });
  let hasRung = false;
  const alarm = levelAlarm(0.3).then(() => (hasRung = true));
  await clock.advance(10_000);
  assert.equal(hasRung, false);
  microphone.play(tone(440, 0.5));
  await clock.advance(100);
  await alarm;
  assert.equal(microphone.isLive, false);
});

test("fails where there is no microphone", async () => {
  await assert.rejects(levelAlarm(0.3), { name: "NotFoundError" });
});

test("what was on globalThis is there again", async () => {
  await uninstall();
  assert.equal("MediaStreamTrackProcessor" in globalThis, false);
});
