// A browser program that is typed by lib.dom and runs on this package.
import * as usermedia from "node-usermedia";
import "node-usermedia/register";

// Ours, where lib.dom's are asked for.
const stream: MediaStream = await usermedia.navigator.mediaDevices.getUserMedia({ video: true });
const devices: MediaDeviceInfo[] = await usermedia.navigator.mediaDevices.enumerateDevices();
const mediaDevices: MediaDevices = usermedia.navigator.mediaDevices;
const ours = new usermedia.MediaStream();
const tracks: MediaStreamTrack[] = ours.getTracks();
const recorder: MediaRecorder = new usermedia.MediaRecorder(ours);
const status: PermissionStatus = await usermedia.navigator.permissions.query({ name: "camera" });
function show(shown: MediaStream): void {
  const player = document.querySelector("video");
  if (player) player.srcObject = shown;
}
show(ours);

// lib.dom's, where ours are asked for.
declare const domStream: MediaStream;
declare const domTrack: MediaStreamTrack;
declare const domConstraints: MediaStreamConstraints;
new usermedia.MediaRecorder(domStream);
new usermedia.MediaStream(domStream);
new usermedia.MediaStream([domTrack]).addTrack(domTrack);
new usermedia.ImageCapture(domTrack);
new usermedia.MediaStreamTrackProcessor({ track: domTrack });
new usermedia.MediaStreamTrackEvent("addtrack", { track: domTrack });
usermedia.frames(domTrack, { width: 320 });
usermedia.pcm(domTrack);
usermedia.levelMeter(domTrack);
(await usermedia.RecordingFile.open("out.webm")).record(domStream);
await usermedia.navigator.mediaDevices.getUserMedia(domConstraints);

// Handlers that name lib.dom's events, and ones whose events are typed by their names.
ours.onaddtrack = (event: MediaStreamTrackEvent) => event.track;
ours.addEventListener("addtrack", (event: MediaStreamTrackEvent) => event.track);
ours.addEventListener("addtrack", ({ track }) => track.stats);
const ownRecorder = new usermedia.MediaRecorder(ours);
ownRecorder.ondataavailable = (event: BlobEvent) => event.data;
ownRecorder.ondataavailable = ({ data, timecode }) => [data.size, timecode];
ownRecorder.onerror = (event: Event) => event.type;
ownRecorder.onerror = ({ error }) => error.message;
ownRecorder.addEventListener("dataavailable", (event: BlobEvent) => event.data);
usermedia.navigator.mediaDevices.ondevicechange = (event: Event) => event.type;
usermedia.navigator.mediaDevices.ondevicechange = ({ devices: now }) => now.length;
const [ownTrack] = ours.getVideoTracks();
if (ownTrack) {
  ownTrack.onended = (event: Event) => event.type;
  ownTrack.onended = ({ error }) => error?.message;
}

// The registered globals have lib.dom's types, and the names of the legacy call.
const global: MediaStream = await navigator.mediaDevices.getUserMedia({ audio: true });
navigator.getUserMedia(
  { audio: true },
  (legacy) => show(legacy),
  (error) => error.message,
);

export { devices, global, mediaDevices, recorder, status, stream, tracks };
