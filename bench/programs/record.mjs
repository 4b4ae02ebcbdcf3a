// Records a media file's picture and sound, as devices, into another file until it is at its end.
// argv: file, output, pacing. Prints the frames that were recorded.
import { RecordingFile } from "node-usermedia";
import { fileDevices } from "node-usermedia/backend";
import { world } from "./world.mjs";

const [file, output, pacing] = process.argv.slice(2);
const capture = world([fileDevices([file], { pacing })]);
const stream = await capture.mediaDevices.getUserMedia({ audio: true, video: true });
const recording = await RecordingFile.open(output);
const [video] = stream.getVideoTracks();
recording.record(stream, {
  mimeType: output.endsWith(".mp4")
    ? "video/mp4;codecs=avc1,mp4a.40.2"
    : "video/webm;codecs=vp8,opus",
  videoBitsPerSecond: 2_500_000,
  audioBitsPerSecond: 64_000,
});
await recording.finished;
process.stdout.write(`${video.stats.deliveredFrames}\n`);
await capture.close();
