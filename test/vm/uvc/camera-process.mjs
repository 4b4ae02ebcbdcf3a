// A process with cameras in it, apart from the program that captures, as USB devices are.
// Told by messages: { plug: CameraModel, port, pictures: files } and { unplug: port }.
import { readFileSync } from "node:fs";
import { UvcCamera } from "./uvc-camera.mjs";

const START_OF_IMAGE = Buffer.from([0xff, 0xd8, 0xff]);
const cameras = new Map();

/** The JPEG files that one file holds one after another. */
function split(file) {
  const starts = [];
  const all = readFileSync(file);
  for (let at = all.indexOf(START_OF_IMAGE); at >= 0; at = all.indexOf(START_OF_IMAGE, at + 1)) {
    starts.push(at);
  }
  return starts.map((start, index) => all.subarray(start, starts[index + 1]));
}

process.on("message", async (message) => {
  if ("plug" in message) {
    const camera = new UvcCamera(message.plug, message.pictures.map(split), message.port);
    cameras.set(message.port, camera);
    await camera.plug();
  } else {
    cameras.get(message.unplug).unplug();
    cameras.delete(message.unplug);
  }
  process.send("done");
});
process.on("disconnect", () => process.exit());
