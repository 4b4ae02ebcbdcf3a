import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { JSDOM } from "jsdom";
import { chromium } from "playwright-core";
import { VirtualDevices } from "node-usermedia/testing";
import { cameraBehaviour } from "./behaviour.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const script = fileURLToPath(import.meta.resolve("node-usermedia/testing/page"));

const TOO_LARGE = [
  "Front: width is 1 to 320, but at least 4000 is required",
  "Back: width is 1 to 1920, but at least 4000 is required",
];

const EXPECTED = {
  labelsBefore: ["", ""],
  isStream: true,
  labelsAfter: ["Headset", "Front", "Back"],
  video: { label: "Front", frameRate: 30, height: 240, width: 320 },
  audio: [{ label: "Headset", readyState: "live" }],
  played: [320, 240],
  muted: true,
  why: TOO_LARGE.join("\n"),
  ended: "ended",
  second: "Back",
  denied: "NotAllowedError",
  permission: "denied",
};

function check({ tooLarge, ...seen }) {
  assert.deepEqual(seen, EXPECTED);
  const [name, constraint, [, ...lines]] = tooLarge;
  assert.deepEqual([name, constraint, lines], ["OverconstrainedError", "width", TOO_LARGE]);
}

test("in jsdom", async () => {
  const { window } = new JSDOM("", { url: "http://localhost/" });
  const devices = new VirtualDevices();
  const uninstall = devices.install(window);
  try {
    check(await cameraBehaviour(window, devices));
  } finally {
    await uninstall();
    window.close();
  }
});

const skip = existsSync(executablePath) ? false : `${executablePath} isn't installed`;

async function runInPage(behaviour) {
  const devices = new globalThis.usermediaTesting.VirtualDevices();
  const uninstall = devices.install();
  const result = await behaviour(window, devices);
  await uninstall();
  const isNative = navigator.mediaDevices.getUserMedia.toString().includes("[native code]");
  return { ...result, isNative };
}

/** A page of a server of its own, with the devices' script in it. */
async function openPage(t, args = []) {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Camera</title><body></body>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", ...args] });
  t.after(async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
  });
  const page = await browser.newPage();
  await page.addInitScript({ path: script });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return page;
}

test("in Chromium", { skip }, async (t) => {
  const page = await openPage(t);
  const seen = await page.evaluate(`(${runInPage})(${cameraBehaviour})`);
  const { isNative, ...rest } = seen;
  check(rest);
  assert.equal(isNative, true);
});

test("what Chromium's elements, analysers and recorders get", { skip }, async (t) => {
  const page = await openPage(t, ["--autoplay-policy=no-user-gesture-required"]);
  const seen = await page.evaluate(async () => {
    const { VirtualDevices, color, tone } = globalThis.usermediaTesting;
    const devices = new VirtualDevices();
    devices.install();
    devices.addCamera({ modes: [{ width: 64, height: 48 }], content: color("#ff0000") });
    devices.addMicrophone({ content: tone(440, 0.5) });
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });

    const video = document.createElement("video");
    video.muted = true;
    video.srcObject = new MediaStream(stream.getVideoTracks());
    await video.play();
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;

    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let peak = 0;
    while (peak < 0.3) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      analyser.getFloatTimeDomainData(samples);
      peak = Math.max(...samples);
    }

    const recorder = new MediaRecorder(stream);
    const recorded = new Promise((resolve) => {
      recorder.ondataavailable = ({ data }) => resolve(data.size);
    });
    recorder.start(200);
    const bytes = await recorded;
    recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    return { rgb: [red, green, blue], peak, bytes };
  });
  const [red, green, blue] = seen.rgb;
  assert.ok(red > 230 && green < 40 && blue < 40, `it is red: ${seen.rgb}`);
  assert.ok(seen.peak < 0.6);
  assert.ok(seen.bytes > 0);
});
