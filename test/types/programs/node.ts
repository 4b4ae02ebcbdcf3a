// A program for Node alone: a recorder, an indicator, a reader of frames, a backend of its own.
import {
  frames,
  levelMeter,
  MediaRecorder,
  MediaStream,
  navigator,
  pcm,
  RecordingFile,
  setPermissionRequestHandler,
  type Level,
  type MediaTrackSettings,
} from "node-usermedia";
import {
  createMediaCapture,
  fileDevices,
  type Backend,
  type DeviceDescription,
  type DeviceSession,
} from "node-usermedia/backend";
import { createPermissionBroker, listPermissions } from "node-usermedia/permissions";

setPermissionRequestHandler(({ kinds }) =>
  kinds.every(({ name }) => name === "camera") ? "granted" : undefined,
);

navigator.mediaDevices.ondevicechange = ({ devices }) => devices.map(({ label }) => label);
navigator.mediaDevices.addEventListener("devicechange", (event) => event.devices.length);
navigator.getUserMedia(
  { audio: true },
  (stream) => stream.getAudioTracks(),
  (error) => error.message,
);

const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640 } });
const [camera] = stream.getVideoTracks();
const [microphone] = stream.getAudioTracks();
if (camera === undefined || microphone === undefined) throw new Error("no devices");

camera.onended = ({ error }) => error?.message;
camera.addEventListener("ended", ({ error }) => error?.name);
const settings: MediaTrackSettings = camera.getSettings();
const width: number | undefined = settings.width;
const delivered: number | undefined = camera.stats?.deliveredFrames;

const recorder = new MediaRecorder(new MediaStream([camera, microphone]));
recorder.ondataavailable = async ({ data, timecode }) => [await data.arrayBuffer(), timecode];
recorder.onerror = ({ error }) => error.message.toUpperCase();
recorder.addEventListener("dataavailable", ({ data }) => data.size);
recorder.addEventListener("error", ({ error }) => error.message);
// @ts-expect-error A recorder fires no such event, so that the event has no data.
recorder.addEventListener("stop", ({ data }) => data);
// @ts-expect-error A track is no stream.
new MediaRecorder(camera);

const file = await RecordingFile.open("out.webm");
file.record(stream, { videoBitsPerSecond: 1_000_000 });
await file.finished;
for await (const picture of frames(camera, { width: 320, format: "rgb24" })) {
  picture.subarray(0, picture.width * 3);
}
for await (const samples of pcm(microphone, { sampleRate: 16_000 })) samples.readInt16LE(0);
const meter = levelMeter(microphone);
const { level }: { level: Level } = meter;

class Nothing implements Backend {
  readonly name = "nothing";
  listDevices(): Promise<readonly DeviceDescription[]> {
    return Promise.resolve([]);
  }
  open(): Promise<DeviceSession> {
    return Promise.reject(new Error("There is no device"));
  }
}

const capture = createMediaCapture({
  backends: [fileDevices(["clip.mp4"]), new Nothing()],
  permission: createPermissionBroker(),
});
await capture.close();

export { delivered, level, listPermissions, width };
