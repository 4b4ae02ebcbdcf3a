// In the place of the capture process: opens any device, and then says what the test has it say.
import { once } from "node:events";
import { Socket } from "node:net";
import process from "node:process";

/** `[[header, bytes of payload], …]`, and what it answers to `open`; JSON. */
const [says = "[]", opened] = process.argv.slice(2);
const pipe = new Socket({ fd: 3 });

function send(header, length = 0) {
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(16);
  head.writeUInt16LE(0x4d55, 0);
  head.writeUInt16LE(4, 2);
  head.writeUInt32LE(text.length, 4);
  head.writeUInt32LE(length, 8);
  pipe.write(Buffer.concat([head, text, Buffer.alloc(length)]));
}

function obey({ type, id, configuration }) {
  if (type === "open") {
    send({ type: "reply", id, value: opened === undefined ? configuration : JSON.parse(opened) });
  } else if (type === "openFile") {
    send({ type: "reply", id, value: { durationUs: 0 } });
  } else if (type === "wantFrames" || type === "readFile") {
    for (const [header, length] of JSON.parse(says)) send(header, length);
  } else if (type === "close") process.exit();
  else if (id !== undefined) send({ type: "reply", id });
}

send({ type: "hello", pid: process.pid });
let received = Buffer.alloc(0);
pipe.on("data", (chunk) => {
  received = Buffer.concat([received, chunk]);
  while (received.length >= 16) {
    const end = 16 + received.readUInt32LE(4) + received.readUInt32LE(8);
    if (received.length < end) break;
    const header = received.subarray(16, 16 + received.readUInt32LE(4));
    received = received.subarray(end);
    obey(JSON.parse(header.toString()));
  }
});
await once(pipe, "close");
process.exit();
