// In the VM: pictures of the kernel's vivid driver in a callback, and those that v4l2-ctl takes in
// turn with it. argv: runs, frames of each run.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createV4l2Backend } from "../../dist/backends/v4l2/v4l2-backend.js";
import { report, run, until } from "../../test/vm/report.mjs";

const FOURCC = { NV12: "NV12", I420: "YU12", YUYV: "YUYV" };
const runs = Number(process.argv[2]);
const frames = Number(process.argv[3]);
const backend = createV4l2Backend();
const [camera] = await backend.listDevices();

for (const [width, height] of [
  [640, 360],
  [1280, 720],
]) {
  const mode = camera.modes.find((each) => each.width === width && each.height === height);
  for (let round = 0; round < runs; round++) {
    const ours = await oursPerSecond(mode);
    report(`${width}x${height} ${round}`, { ...ours, peerPerSecond: await peerPerSecond(mode) });
  }
}
await backend.close();
report("end", true);

async function oursPerSecond(mode) {
  const session = await backend.open(camera.hardwareId, { kind: "video", mode });
  const times = [];
  const latencies = [];
  const seen = run(session, ({ timestamp }) => {
    times.push(performance.now());
    latencies.push(Number(process.hrtime.bigint() / 1000n) - timestamp);
  });
  await until(() => seen.frames > frames);
  await session.close();
  latencies.sort((one, other) => one - other);
  return {
    perSecond: ((times.length - 1) * 1000) / (times.at(-1) - times[0]),
    latencyMs: latencies[latencies.length >> 1] / 1000,
  };
}

/** By the driver's own time stamps, without the program's start. */
async function peerPerSecond({ frameRate, height, pixelFormat, width }) {
  const format = `width=${width},height=${height},pixelformat=${FOURCC[pixelFormat]}`;
  const args = ["-d", "/dev/video0", `--set-fmt-video=${format}`, `--set-parm=${frameRate}`];
  const stream = ["--stream-mmap=4", `--stream-count=${frames}`, "--verbose"];
  const { stderr, stdout } = await promisify(execFile)("v4l2-ctl", [...args, ...stream], {
    maxBuffer: 2 ** 26,
  });
  const stamps = [...`${stdout}${stderr}`.matchAll(/\bts: (\d+\.\d+)/g)].map(([, s]) => Number(s));
  return (stamps.length - 1) / (stamps.at(-1) - stamps[0]);
}
