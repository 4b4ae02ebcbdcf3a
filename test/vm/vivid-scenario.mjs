// In the VM: the V4L2 backend on the kernel's vivid driver, two webcams with error injection.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createV4l2Backend } from "../../dist/backends/v4l2/v4l2-backend.js";
import { failureOf, report, run, until } from "./report.mjs";

const control = (name, value) =>
  execFileSync("v4l2-ctl", ["-d", "/dev/video0", "-c", `${name}=${value}`]);
/** As a person at a shell would. */
const record = (file) => {
  const env = { ...process.env, USERMEDIA_PERMISSIONS: "camera=granted" };
  const words = [
    "dist/entries/cli.js",
    "record",
    "--video",
    "vivid-000",
    "--no-audio",
    "--duration",
    "1s",
    file,
  ];
  return new Promise((resolve) =>
    execFile(process.execPath, words, { env }, (error, _stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stderr, isLeft: existsSync(file) }),
    ),
  );
};
const backend = createV4l2Backend();
const devices = await backend.listDevices();
report("devices", devices);
const [camera] = devices;
const modeOf = (width, height) =>
  camera.modes.find((mode) => mode.width === width && mode.height === height);
const open = (width, height) =>
  backend.open(camera.hardwareId, { kind: "video", mode: modeOf(width, height) });

{
  const session = await open(1280, 720);
  const frames = [];
  const seen = run(session, (frame) => {
    const { codedWidth, codedHeight, format, timestamp } = frame;
    const ageUs = Number(process.hrtime.bigint() / 1000n) - timestamp;
    frames.push({ codedWidth, codedHeight, format, timestamp, ageUs });
  });
  await until(() => seen.frames >= 10);
  report("720p", { configuration: session.configuration, frames });
  report("busy", await failureOf(open(640, 360)));
  report("busy for the command", await record("/out/busy.webm"));
  const before = seen.frames;
  await until(() => seen.frames > before + 3);
  report("first after busy", seen);
  await session.reconfigure({ kind: "video", mode: modeOf(320, 180) });
  frames.length = 0;
  await until(() => frames.length > 3);
  report("reconfigured", { configuration: session.configuration, frame: frames[0] });
  await session.close();
}
{
  const session = await open(320, 180);
  const seen = run(session);
  await until(() => seen.frames > 5);
  control("percentage_of_dropped_buffers", 100);
  await until(() => seen.muted.length === 1);
  control("percentage_of_dropped_buffers", 0);
  await until(() => seen.muted.length === 2);
  report("muted", seen.muted);
  control("disconnect", 1);
  await until(() => seen.ended);
  report("disconnected", seen.ended);
  await session.close();
}
{
  // It is there again for whoever opens it next.
  const session = await open(320, 180);
  const seen = run(session);
  await until(() => seen.frames > 0);
  await session.close();
  report("reopened", seen.frames > 0);
}
for (const name of ["vidioc_reqbufs", "vidioc_streamon"]) {
  control(`inject_${name}_error`, 1);
  report(`${name} fails`, await failureOf(open(320, 180)));
  const session = await open(320, 180);
  const seen = run(session);
  await until(() => seen.frames > 0);
  await session.close();
  report(`after ${name}`, seen.frames > 0);
}
{
  const session = await open(320, 180);
  const seen = run(session);
  await until(() => seen.frames > 0);
  control("inject_v4l2_buf_flag_error", 1);
  const { frames } = seen;
  await until(() => seen.frames > frames + 5);
  report("after a damaged picture", { ended: seen.ended, muted: seen.muted });
  control("inject_fatal_streaming_error", 1);
  await until(() => seen.ended);
  report("fatal streaming error", seen.ended);
  await session.close();
  const again = await open(320, 180);
  const seenAgain = run(again);
  await until(() => seenAgain.frames > 0);
  await again.close();
  report("after the fatal error", true);
}
{
  let changes = 0;
  const stop = backend.watchDevices(() => (changes += 1));
  const driver = "/sys/bus/platform/drivers/vivid";
  writeFileSync(`${driver}/unbind`, "vivid.0");
  await until(() => changes > 0);
  report("unplugged", { devices: await backend.listDevices() });
  changes = 0;
  writeFileSync(`${driver}/bind`, "vivid.0");
  await until(() => changes > 0);
  const again = await until(async () => {
    const list = await backend.listDevices();
    return list.length === 2 && list;
  });
  stop();
  report(
    "replugged",
    again.map(({ hardwareId }) => hardwareId),
  );
}
await backend.close();
{
  process.setgroups([]);
  process.setgid(65534);
  process.setuid(65534);
  const stranger = createV4l2Backend();
  const [found] = await stranger.listDevices();
  const configuration = { kind: "video", mode: found.modes[0] };
  report("not allowed", await failureOf(stranger.open(found.hardwareId, configuration)));
  await stranger.close();
}
report("end", true);
