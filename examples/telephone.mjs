// Records the microphone as it would sound on an old telephone, with node-web-audio-api:
// node examples/telephone.mjs [file] [seconds]
import { AudioContext, BiquadFilterNode, WaveShaperNode } from "node-web-audio-api";
import { MediaStream, navigator, RecordingFile } from "node-usermedia";
import { createTrackDestination, createTrackSource } from "node-usermedia/web-audio";

const [path = "telephone.webm", seconds = "5"] = process.argv.slice(2);

const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
const [voice] = microphone.getAudioTracks();

// The graph plays into nothing: what it makes goes into the recording.
const context = new AudioContext({ sinkId: { type: "none" } });
const source = await createTrackSource(context, voice);
const { node, track } = await createTrackDestination(context, { channelCount: 1 });
const line = new BiquadFilterNode(context, { type: "bandpass", frequency: 1200, Q: 0.8 });
const carbon = new WaveShaperNode(context, {
  curve: Float32Array.from({ length: 257 }, (_, index) => Math.tanh((index / 128 - 1) * 3)),
});
source.connect(line).connect(carbon).connect(node);

const file = await RecordingFile.open(path);
const recorder = file.record(new MediaStream([track]));
setTimeout(() => recorder.stop(), Number(seconds) * 1000);
await file.finished;
voice.stop();
await context.close();
console.log(path);
