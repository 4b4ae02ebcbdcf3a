// A program as a user writes it: records the microphone for so many seconds into a file.
// Says in JSON how long that was, and what its track heard of being muted.
import { writeFileSync } from "node:fs";
import { MediaRecorder, navigator } from "../../../dist/index.js";

const [file, seconds] = process.argv.slice(2);

navigator.getUserMedia(
  { audio: true },
  (stream) => {
    const [track] = stream.getAudioTracks();
    const recorder = new MediaRecorder(stream, { mimeType: "audio/webm" });
    const parts = [];
    let elapsedS;
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = async () => {
      track.stop();
      writeFileSync(file, Buffer.from(await new Blob(parts).arrayBuffer()));
      process.stdout.write(`${JSON.stringify({ label: track.label, elapsedS })}\n`);
    };
    recorder.start(500);
    const startedMs = performance.now();
    setTimeout(
      () => {
        elapsedS = (performance.now() - startedMs) / 1000;
        recorder.stop();
      },
      Number(seconds) * 1000,
    );
  },
  ({ name, message }) => {
    process.stderr.write(`${name}: ${message}\n`);
    process.exitCode = 1;
  },
);
