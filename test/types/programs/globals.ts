// A browser program as it is, without lib.dom.
import "node-usermedia/register";

async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  stream.onaddtrack = (event: MediaStreamTrackEvent) => event.track.label;
  return new MediaStream(stream.getTracks());
}

const stream: MediaStream = await open({ audio: true, video: { width: { ideal: 640 } } });
const [track] = stream.getVideoTracks();
const recorder: MediaRecorder = new MediaRecorder(stream, { mimeType: "video/webm" });
recorder.ondataavailable = (event: BlobEvent) => event.data.size;
recorder.onerror = ({ error }) => error.message;
navigator.getUserMedia(
  { video: true },
  (legacy: MediaStream) => legacy.getTracks(),
  (error) => error.name,
);
navigator.mediaDevices.addEventListener("devicechange", ({ devices }) => devices.length);
const status: PermissionStatus = await navigator.permissions.query({ name: "camera" });
const settings: MediaTrackSettings | undefined = track?.getSettings();
const photo: Blob | undefined = track && (await new ImageCapture(track).takePhoto());

export { photo, settings, status };
