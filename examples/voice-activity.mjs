// Writes a WAV file (16 kHz, mono) of each thing that is said:
// node examples/voice-activity.mjs [folder] [number of clips]
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { navigator, pcm } from "node-usermedia";

const [folder = "clips", wanted = "Infinity"] = process.argv.slice(2);
const sampleRate = 16_000;
/** Pieces of 20 ms. */
const frameSize = sampleRate / 50;
/** How much louder than the room speech is, in dB, and how loud it is at least, below full scale. */
const aboveRoomDb = 12;
const quietestDb = -50;
/** Pieces before the first loud one that belong to a clip, and of quiet that end it. */
const leadIn = 10;
const quietToEnd = 30;

const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
const [track] = stream.getAudioTracks();
await mkdir(folder, { recursive: true });

let roomDb = -60;
let recent = [];
let clip;
let quiet = 0;
let count = 0;
for await (const piece of pcm(track, { sampleRate, channels: 1, format: "s16", frameSize })) {
  const levelDb = loudness(piece);
  const isSpeech = levelDb > Math.max(roomDb + aboveRoomDb, quietestDb);
  // The room is what is heard between words: it is followed down at once, and up slowly.
  if (!isSpeech) roomDb = Math.max(-70, Math.min(levelDb, roomDb + 0.1));
  quiet = isSpeech ? 0 : quiet + 1;
  if (clip === undefined && isSpeech) {
    clip = [...recent];
    console.log("speaking");
  }
  clip?.push(piece);
  recent = [...recent, piece].slice(-leadIn);
  if (clip === undefined || quiet < quietToEnd) continue;
  count += 1;
  const file = join(folder, `clip-${String(count).padStart(3, "0")}.wav`);
  await writeFile(file, wav(Buffer.concat(clip)));
  console.log(file);
  clip = undefined;
  if (count >= Number(wanted)) break;
}
track.stop();

/** In dB below full scale. */
function loudness(piece) {
  let squares = 0;
  for (let at = 0; at < piece.length; at += 2) squares += (piece.readInt16LE(at) / 32_768) ** 2;
  return 10 * Math.log10(squares / (piece.length / 2) + 1e-12);
}

/** 16-bit mono samples as a WAV file. */
function wav(samples) {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
