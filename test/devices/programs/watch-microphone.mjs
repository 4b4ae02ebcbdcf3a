// A program as a user writes it: says when the microphone is muted, until it is told to end.
import { once } from "node:events";
import { navigator } from "../../../dist/index.js";

const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
const [track] = stream.getAudioTracks();
const say = (what) => process.send({ what, muted: track.muted, readyState: track.readyState });
track.onmute = () => say("mute");
track.onunmute = () => say("unmute");
track.onended = () => say("ended");
say("capturing");
await once(process, "message");
track.stop();
process.disconnect();
