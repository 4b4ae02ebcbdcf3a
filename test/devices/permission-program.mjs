// A program that asks for permission, as the tests of prompts run it.
import { createPermissionBroker } from "../../dist/permission/index.js";

const [kinds = "camera,microphone", label = "Desk Camera", ...flags] = process.argv.slice(2);
const devices = {
  camera: [
    { key: "test:1", label },
    { key: "test:2", label: "Door Camera" },
  ],
  microphone: [{ key: "test:3", label: "Built-in Audio" }],
};

if (flags.includes("reads-input")) process.stdin.on("data", (text) => console.log(`input ${text}`));
if (flags.includes("handles-interrupt")) process.on("SIGINT", () => console.log("interrupted"));
if (flags.includes("handles-hangup")) process.on("SIGHUP", () => console.log("hung up"));

const broker = createPermissionBroker();
const decisions = broker.request({
  kinds: kinds.split(",").map((name) => ({ name, devices: devices[name] })),
});
process.once("exit", (code) => console.log(`exits with ${code}`));
decisions.then((all) => {
  for (const { name, state, deviceKey = "any device" } of all) {
    console.log(`${name} is ${state} on ${deviceKey}`);
  }
  if (flags.includes("reads-input")) process.stdin.pause();
});
