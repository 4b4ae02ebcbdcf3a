// Four photos, one second apart: node examples/photo-booth.mjs [folder]
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { ImageCapture, navigator } from "node-usermedia";

const [folder = "photos"] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

const stream = await navigator.mediaDevices.getUserMedia({
  video: { width: { ideal: 1280 }, height: { ideal: 720 } },
});
const [track] = stream.getVideoTracks();
const camera = new ImageCapture(track);

for (const number of [1, 2, 3, 4]) {
  await pause(1000);
  const photo = await camera.takePhoto();
  const file = join(folder, `photo-${number}.${photo.type === "image/png" ? "png" : "jpg"}`);
  await writeFile(file, Buffer.from(await photo.arrayBuffer()));
  console.log(file);
}
track.stop();
