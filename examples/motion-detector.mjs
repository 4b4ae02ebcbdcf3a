// Says when something moves before the camera, and when it is still again:
// node examples/motion-detector.mjs [number of movements]
import { frames, navigator } from "node-usermedia";

const [wanted = "Infinity"] = process.argv.slice(2);
/** A pixel has changed when its brightness has by more than this, of 255. */
const changeOfPixel = 20;
/** Something moves when this share of the pixels has changed. */
const shareThatMoves = 0.01;
/** Pictures without a change until it is still again. */
const calm = 10;

const stream = await navigator.mediaDevices.getUserMedia({ video: { frameRate: 10 } });
const [track] = stream.getVideoTracks();

let before;
let movements = 0;
let unchanged = calm;
for await (const picture of frames(track, { width: 160, height: 120, format: "rgb24" })) {
  const luma = brightness(picture);
  const share = before === undefined ? 0 : changed(before, luma);
  before = luma;
  const time = new Date().toISOString();
  if (share >= shareThatMoves) {
    if (unchanged >= calm) console.log(`${time} motion (${(share * 100).toFixed(0)} %)`);
    unchanged = 0;
    continue;
  }
  unchanged += 1;
  if (unchanged !== calm) continue;
  console.log(`${time} still`);
  movements += 1;
  if (movements >= Number(wanted)) break;
}
track.stop();

function brightness(rgb) {
  const luma = new Uint8Array(rgb.length / 3);
  for (let at = 0; at < luma.length; at += 1) {
    luma[at] = 0.3 * rgb[at * 3] + 0.59 * rgb[at * 3 + 1] + 0.11 * rgb[at * 3 + 2];
  }
  return luma;
}

/** The share of pixels that have changed. */
function changed(before, after) {
  let count = 0;
  for (let at = 0; at < after.length; at += 1) {
    if (Math.abs(after[at] - before[at]) > changeOfPixel) count += 1;
  }
  return count / after.length;
}
