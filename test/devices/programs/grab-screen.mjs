// A program as a user writes it: the pixels of the screen, red, green, blue and one more, into a file.
import { writeFileSync } from "node:fs";
import { ImageCapture, navigator } from "../../../dist/index.js";

const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
const [track] = stream.getVideoTracks();
const { data, height, width } = await new ImageCapture(track).grabFrame();
const { displaySurface } = track.getSettings();
track.stop();
writeFileSync(process.argv[2], data);
process.stdout.write(`${JSON.stringify({ width, height, displaySurface })}\n`);
