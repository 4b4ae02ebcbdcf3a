import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a program prints that makes the mistake and doesn't catch it. */
function printed(mistake: string): string {
  const program = `
    import * as usermedia from "./dist/entries/index.js";
    import * as backend from "./dist/entries/backend.js";
    const { navigator } = usermedia;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const [track] = stream.getVideoTracks();
    ${mistake};
    process.exit();`;
  const env = {
    ...process.env,
    USERMEDIA_BACKENDS: "synthetic",
    USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted",
    USERMEDIA_CONFIG_DIR: temporaryFolder(),
  };
  const args = ["--input-type=module", "--eval", program];
  return spawnSync(process.execPath, args, { encoding: "utf8", env }).stderr;
}

/** Mistakes of a first call, and what their messages say to do. */
const mistakes: readonly (readonly [mistake: string, advice: string])[] = [
  ["new usermedia.MediaRecorder()", "Write new MediaRecorder(stream)"],
  ["new usermedia.MediaRecorder(track)", "it is a MediaStreamTrack. Write new MediaRecorder("],
  [
    "new usermedia.MediaRecorder(navigator.mediaDevices.getUserMedia({ video: true }))",
    "it is a Promise, which is to be awaited",
  ],
  ["navigator.getUserMedia({ video: true })", "getUserMedia(constraints, onStream, onError)"],
  ["navigator.getUserMedia({ video: true }, () => {}, null)", "onError), or await navigator"],
  ["await navigator.mediaDevices.getUserMedia()", "Ask for audio, video or both"],
  ["await navigator.mediaDevices.getUserMedia('video')", "getUserMedia({ audio: true, video"],
  [
    "const { getUserMedia } = navigator.mediaDevices; await getUserMedia({ video: true })",
    "call it as its method, or bind it",
  ],
  ["await navigator.permissions.query('camera')", 'permissions.query({ name: "camera" })'],
  ["stream.addTrack(stream)", "it is a MediaStream"],
  ["usermedia.frames()", "give it stream.getVideoTracks()[0]; this is undefined"],
  ["usermedia.pcm(stream)", "give it stream.getAudioTracks()[0]; this is a MediaStream"],
  ["usermedia.levelMeter(stream)", "give it stream.getAudioTracks()[0]"],
  ["usermedia.frames(track, null)", "takes an object of options, or none; this is null"],
  ["new usermedia.RecordingFile('out.webm')", "await RecordingFile.open(path)"],
  ["new usermedia.ImageCapture(stream)", "Write new ImageCapture(stream.getVideoTracks()[0])"],
  ["backend.createMediaCapture()", "needs backends. Write createMediaCapture({"],
  ["backend.createMediaCapture({ backends: backend.syntheticDevices() })", "a list of backends"],
  [
    "backend.createMediaCapture({ backends: [backend.syntheticDevices()] })",
    "permission: createPermissionBroker()",
  ],
  ["backend.fileDevices('clip.mp4')", 'fileDevices(["clip.mp4"])'],
  ["usermedia.setPermissionRequestHandler('granted')", "A permission handler is a function"],
];

test.each(mistakes)("%s says what to do, in less than 2 kB with its stack", (mistake, advice) => {
  const text = printed(mistake);
  expect(text).toContain(`TypeError: `);
  expect(text).toContain(advice);
  expect(text.length).toBeLessThan(2000);
});
