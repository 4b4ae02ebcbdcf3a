// A program as a user writes it: half a second of what the machine plays, with the screen, as samples.
import { writeFileSync } from "node:fs";
import { navigator, pcm } from "../../../dist/index.js";

const stream = await navigator.mediaDevices.getDisplayMedia({ audio: true });
const [track] = stream.getAudioTracks();
const chunks = [];
for await (const chunk of pcm(track, { format: "f32", sampleRate: 48_000, channels: 1 })) {
  chunks.push(chunk);
  if (Buffer.concat(chunks).length >= 4 * 24_000) break;
}
const kinds = stream.getTracks().map(({ kind }) => kind);
for (const each of stream.getTracks()) each.stop();
writeFileSync(process.argv[2], Buffer.concat(chunks));
process.stdout.write(`${JSON.stringify({ kinds, label: track.label })}\n`);
