// In the VM: webcams on the kernel's uvcvideo driver, captured through the public interface.
// Arguments: files with Motion JPEG of 640x480 and of 320x240. Leaves recordings in /out.
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createV4l2Backend } from "../../dist/backends/v4l2/v4l2-backend.js";
import { MediaRecorder, MediaStreamTrackProcessor, navigator } from "../../dist/index.js";
import { report, until } from "./report.mjs";

const pictures = process.argv.slice(2);
const SIZES = [
  { width: 640, height: 480 },
  { width: 320, height: 240 },
];
const cameras = fork(new URL("uvc/camera-process.mjs", import.meta.url));
const tell = async (message) => {
  cameras.send(message);
  await once(cameras, "message");
};
const plug = async (port, serial) => {
  const model = { maker: "Acme", product: `Lab Cam ${serial}`, serial };
  await tell({ plug: { ...model, sizes: SIZES, frameRates: [15, 5] }, port, pictures });
};
const listed = async () =>
  (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
const countIs = async (count) => (await listed()).length === count;

// Other scenarios' cameras would only be in the way.
const vivid = "/sys/bus/platform/drivers/vivid";
if (existsSync(`${vivid}/vivid.0`)) writeFileSync(`${vivid}/unbind`, "vivid.0");

await plug(0, "A1");
{
  const backend = createV4l2Backend();
  const devices = await until(async () => {
    const list = await backend.listDevices();
    return list[0]?.modes.some(({ pixelFormat }) => pixelFormat === "MJPEG") && list;
  });
  report("backend", devices);
  await backend.close();
}
await until(() => countIs(1));
const changes = [];
navigator.mediaDevices.ondevicechange = ({ devices, userInsertedDevices }) =>
  changes.push({
    labels: devices?.map(({ label }) => label),
    inserted: userInsertedDevices?.map(({ label }) => label),
  });

const capture = (video) =>
  new Promise((resolve, reject) => navigator.getUserMedia({ video }, resolve, reject));
const stream = await capture({ width: 320, height: 240 });
const [track] = stream.getVideoTracks();
const { deviceId, ...settings } = track.getSettings();
report("track", { label: track.label, settings, capabilities: track.getCapabilities() });
{
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const { value: frame } = await reader.read();
  const { codedWidth, codedHeight } = frame;
  const pixels = new Uint8Array(frame.allocationSize({ format: "RGBX" }));
  await frame.copyTo(pixels, { format: "RGBX" });
  const at = (x, y) => [...pixels.subarray((y * codedWidth + x) * 4, (y * codedWidth + x) * 4 + 3)];
  report("frame", { codedWidth, codedHeight, left: at(80, 120), right: at(240, 120) });
  frame.close();
  await reader.cancel();
}

const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
const parts = [];
recorder.ondataavailable = ({ data }) => parts.push(data);
const stopped = once(recorder, "stop");
const ended = once(track, "ended");
recorder.start(500);
await until(() => parts.length > 4);

changes.length = 0;
await plug(1, "B2");
await until(() => changes.length > 0 && countIs(2));
report("plugged", {
  changes: changes.length,
  labels: (await listed()).map(({ label }) => label),
  capturing: track.readyState,
});

changes.length = 0;
await tell({ unplug: 0 });
await ended;
await stopped;
writeFileSync("/out/unplugged.webm", Buffer.from(await new Blob(parts).arrayBuffer()));
await until(() => changes.length > 0 && countIs(1));
report("unplugged", {
  readyState: track.readyState,
  recorder: recorder.state,
  changes: changes.length,
  labels: (await listed()).map(({ label }) => label),
});

// In another port, and so under another number.
await plug(2, "A1");
await until(() => countIs(2));
const again = await capture({ deviceId: { exact: deviceId } });
const [replugged] = again.getVideoTracks();
report("replugged", {
  label: replugged.label,
  isSameId: replugged.getSettings().deviceId === deviceId,
  permission: (await navigator.permissions.query({ name: "camera" })).state,
});
replugged.stop();
await tell({ unplug: 1 });
await tell({ unplug: 2 });
cameras.disconnect();
// The listener would hold the process.
navigator.mediaDevices.ondevicechange = null;
report("end", true);
