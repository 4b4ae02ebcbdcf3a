// Reads a file device's pictures with frames(). argv: file, pacing, format. Prints JSON.
import { frames } from "node-usermedia";
import { fileDevices } from "node-usermedia/backend";
import { world } from "./world.mjs";

const [file, pacing, format] = process.argv.slice(2);
const capture = world([fileDevices([file], { pacing, loop: false })]);
const stream = await capture.navigator.mediaDevices.getUserMedia({ video: true });
const [track] = stream.getVideoTracks();
const reader = frames(track, { format, maxBufferSize: 8 });
let read = 0;
let startUs = 0;
for await (const picture of reader) {
  // What a program costs before its first picture is no matter of the format.
  if (read === 0) startUs = cpuUs();
  read += 1;
  if (picture.length === 0) throw new Error("An empty picture.");
}
const cpuMs = (cpuUs() - startUs) / 1000 / (read - 1);
process.stdout.write(JSON.stringify({ frames: read, dropped: reader.dropped, cpuMs }));
await capture.close();

function cpuUs() {
  const { system, user } = process.cpuUsage();
  return system + user;
}
