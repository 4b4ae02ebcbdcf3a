// Reads the default microphone of the sound server in the environment. argv: seconds. Prints JSON
// of the pieces: when each came (ms) and its samples (s16, mono, base64).
import { navigator, pcm, setPermissionRequestHandler } from "node-usermedia";

setPermissionRequestHandler(() => "granted");
const seconds = Number(process.argv[2]);
const isKept = process.argv[3] === "keep";
const stream = await navigator.mediaDevices.getUserMedia({
  audio: { latency: 0.01, sampleRate: 44_100, channelCount: 1 },
});
const [track] = stream.getAudioTracks();
const pieces = [];
let bytes = 0;
setTimeout(() => track.stop(), seconds * 1000);
for await (const piece of pcm(track, { channels: 1, sampleRate: 44_100, format: "s16" })) {
  bytes += piece.length;
  if (isKept) pieces.push({ ms: now(), data: piece.toString("base64") });
}
process.stdout.write(JSON.stringify({ bytes, pieces }), () => process.exit());

/** ms on a clock that all processes of the machine share. */
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
