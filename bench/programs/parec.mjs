// Reads `parec` into a callback for some time. argv: seconds, "keep" for the pieces as microphone.mjs.
import { spawn } from "node:child_process";

const seconds = Number(process.argv[2]);
const isKept = process.argv[3] === "keep";
const format = ["--format=s16le", "--channels=1", "--rate=44100", "--raw"];
const parec = spawn("parec", ["--latency-msec=10", ...format], {
  stdio: ["ignore", "pipe", "inherit"],
});
const pieces = [];
let bytes = 0;
setTimeout(() => parec.kill(), seconds * 1000);
for await (const piece of parec.stdout) {
  bytes += piece.length;
  if (isKept)
    pieces.push({ ms: Number(process.hrtime.bigint()) / 1e6, data: piece.toString("base64") });
}
process.stdout.write(JSON.stringify({ bytes, pieces }));
