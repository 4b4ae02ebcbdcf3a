// Reads a file's pictures as fast as possible. argv: file, and a command that is run after the first
// five. Prints as JSON how many there were, their SHA-256, and what the shared file takes, in bytes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readlinkSync, statSync } from "node:fs";
import { createMediaCapture, fileDevices } from "node-usermedia/backend";
import { createPermissionBroker } from "node-usermedia/permissions";
import { MediaStreamTrackProcessor } from "node-usermedia";

const [file, command] = process.argv.slice(2);
const permission = createPermissionBroker({ environment: { USERMEDIA_PROMPT: "none" } });
const backends = [fileDevices([file], { loop: false, pacing: "asFastAsPossible" })];
const capture = createMediaCapture({ backends, permission });
const stream = await capture.navigator.mediaDevices.getUserMedia({ video: true });
const [track] = stream.getVideoTracks();
const hash = createHash("sha256");
let frames = 0;
let sharedBytes = 0;
for await (const frame of new MediaStreamTrackProcessor({ track, maxBufferSize: 8 }).readable) {
  const bytes = new Uint8Array(frame.allocationSize());
  await frame.copyTo(bytes);
  hash.update(bytes);
  frame.close();
  frames += 1;
  if (frames === 5 && command !== undefined) execFileSync("sh", ["-c", command]);
  sharedBytes = Math.max(sharedBytes, sharedNow());
}
await capture.close();
console.log(JSON.stringify({ frames, hash: hash.digest("hex"), sharedBytes }));

function sharedNow() {
  for (const fd of readdirSync("/proc/self/fd")) {
    const path = `/proc/self/fd/${fd}`;
    try {
      if (readlinkSync(path).startsWith("/dev/shm/usermedia-")) return statSync(path).blocks * 512;
    } catch {
      // It was closed meanwhile.
    }
  }
  return 0;
}
