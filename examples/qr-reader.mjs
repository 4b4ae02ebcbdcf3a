// Reads the first QR code that is held before the camera: npm install jsqr; node examples/qr-reader.mjs
import jsQR from "jsqr";
import { frames, navigator } from "node-usermedia";

const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
const [track] = stream.getVideoTracks();

// A slow decoder gets the newest picture each time; the others are dropped.
for await (const picture of frames(track, { format: "rgba" })) {
  const pixels = new Uint8ClampedArray(picture.buffer, picture.byteOffset, picture.length);
  const code = jsQR(pixels, picture.width, picture.height);
  if (code === null) continue;
  console.log(code.data);
  break;
}
track.stop();
