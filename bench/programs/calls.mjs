// getUserMedia on the synthetic camera. argv: calls. Prints JSON.
import { MediaStreamTrackProcessor, navigator, setPermissionRequestHandler } from "node-usermedia";
import { measureCalls } from "./measure-calls.mjs";

setPermissionRequestHandler(() => "granted");
const { mediaDevices } = navigator;
const calls = Number(process.argv[2]);
const result = await measureCalls({ mediaDevices, MediaStreamTrackProcessor, calls });
process.stdout.write(JSON.stringify(result), () => process.exit());
