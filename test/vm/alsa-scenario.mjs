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
await until(() => samples.length > 96_000);
report("busy", await failureOf(backend.open(microphone.hardwareId, configuration)));
await session.close();
player.kill("SIGKILL");
const loud = samples.slice(samples.findIndex((sample) => Math.abs(sample) > 0.05)).slice(4800);
let crossings = 0;
for (let at = 1; at < loud.length; at++) if (loud[at - 1] < 0 && loud[at] >= 0) crossings += 1;
report("tone", {
  frequency: (crossings * 48_000) / loud.length,
  seconds: loud.length / 48_000,
  configuration: session.configuration,
  ended: seen.ended ?? null,
});
await backend.close();
const unneeded = createAlsaBackend({ isNeeded: () => Promise.resolve(false) });
report("beside a sound server", await unneeded.listDevices());
report("end", true);
