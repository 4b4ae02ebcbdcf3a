// Reads a file device's 1080p track and its clones for some time. argv: file, tracks, seconds.
import { MediaStreamTrackProcessor } from "node-usermedia";
import { fileDevices } from "node-usermedia/backend";
import { world } from "./world.mjs";

const [file, tracks, seconds] = process.argv.slice(2);
const capture = world([fileDevices([file], { loop: true })]);
const stream = await capture.mediaDevices.getUserMedia({ video: true });
const [track] = stream.getVideoTracks();
const all = [track, ...Array.from({ length: Number(tracks) - 1 }, () => track.clone())];
let frames = 0;
const reading = all.map(async (each) => {
  for await (const frame of new MediaStreamTrackProcessor({ track: each }).readable) {
    frames += 1;
    frame.close();
  }
});
setTimeout(() => all.forEach((each) => each.stop()), Number(seconds) * 1000);
await Promise.all(reading);
process.stdout.write(String(frames / all.length));
await capture.close();
