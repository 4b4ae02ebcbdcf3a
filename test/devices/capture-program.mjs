// A program that holds a file device open until it is killed, or closes it and should end by itself.
// argv: path, then "hold" or "close". Prints the capture process's pid when frames come.
import { fileBackend } from "../../dist/backends/file/file-backend.js";

const [path, what] = process.argv.slice(2);
const backend = fileBackend({ files: [path] });
const [camera] = await backend.listDevices();
const session = await backend.open(camera.hardwareId, { kind: "video", mode: camera.modes[0] });
session.start({
  frame(frame) {
    frame.close();
    if (what === "hold") process.stdout.write(`${session.pid}\n`);
    else void session.close();
  },
  muted() {},
  ended() {},
});
session.wantFrames(true);
