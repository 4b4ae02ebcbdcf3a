// In the VM: the ALSA backend on the kernel's loopback card, into which ffmpeg plays 440 Hz.
import { spawn } from "node:child_process";
import { createAlsaBackend } from "../../dist/backends/alsa/alsa-backend.js";
import { failureOf, report, run, until } from "./report.mjs";

const backend = createAlsaBackend();
const devices = await backend.listDevices();
report("devices", devices);
const microphone = devices.find(({ hardwareId }) => hardwareId.endsWith("DEV=1"));
const tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-ac", "2"];
const player = spawn("ffmpeg", ["-v", "error", "-re", ...tone, "-f", "alsa", "hw:Loopback,0,0"]);
const mode = microphone.modes.find((one) => one.sampleRate === 48000 && one.channelCount === 2);
const configuration = { kind: "audio", mode };
const session = await backend.open(microphone.hardwareId, configuration);
const samples = [];
const seen = run(session, (data) => {
  const left = new Float32Array(data.numberOfFrames);
  data.copyTo(left, { planeIndex: 0, format: "f32-planar" });
  samples.push(...left);
});
// On a slow machine there is silence until the player plays.
const sounding = () => samples.slice(samples.findIndex((sample) => Math.abs(sample) > 0.05));
await until(() => sounding().length > 72_000);
// An emulated machine may be too slow for a process to start in time; that is no answer.
let busy;
do busy = await failureOf(backend.open(microphone.hardwareId, configuration));
while (/in time|within/.test(busy.message));
report("busy", busy);
await session.close();
player.kill("SIGKILL");
const loud = sounding().slice(4800);
// The middle one of all periods: a slow machine loses samples between some.
const crossings = [];
for (let at = 1; at < loud.length; at++) {
  const [before, after] = [loud[at - 1], loud[at]];
  if (before < 0 && after >= 0) crossings.push(at - 1 + before / (before - after));
}
const periods = crossings.slice(1).map((at, index) => at - crossings[index]);
periods.sort((one, other) => one - other);
report("tone", {
  frequency: 48_000 / periods[periods.length >> 1],
  seconds: loud.length / 48_000,
  configuration: session.configuration,
  ended: seen.ended ?? null,
});
await backend.close();
const unneeded = createAlsaBackend({ isNeeded: () => Promise.resolve(false) });
report("beside a sound server", await unneeded.listDevices());
report("end", true);
