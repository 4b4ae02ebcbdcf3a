// Shows the camera in a browser on this machine, by WebRTC:
// npm install werift; node examples/call-a-browser.mjs, then open the address it prints.
import { once } from "node:events";
import { createServer } from "node:http";

import { navigator } from "node-usermedia";
import { addTrack } from "node-usermedia/webrtc/werift";
import { RTCPeerConnection } from "werift";

const page = `<!doctype html>
<title>A call</title>
<video autoplay muted playsinline></video>
<script type="module">
  const connection = new RTCPeerConnection();
  const stream = new MediaStream();
  document.querySelector("video").srcObject = stream;
  connection.ontrack = ({ track }) => stream.addTrack(track);
  connection.addTransceiver("video", { direction: "recvonly" });
  connection.addTransceiver("audio", { direction: "recvonly" });
  await connection.setLocalDescription();
  if (connection.iceGatheringState !== "complete") {
    await new Promise((resolve) => {
      connection.onicegatheringstatechange = () =>
        connection.iceGatheringState === "complete" && resolve();
    });
  }
  const body = JSON.stringify(connection.localDescription);
  const response = await fetch("/call", { method: "POST", body });
  await connection.setRemoteDescription(await response.json());
</script>`;

const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });

const server = createServer(async (request, response) => {
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
    return;
  }
  const offer = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const connection = new RTCPeerConnection({ iceServers: [] });
  await connection.setRemoteDescription(offer);
  const sent = await Promise.all(stream.getTracks().map((track) => addTrack(connection, track)));
  await connection.setLocalDescription(await connection.createAnswer());
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(connection.localDescription));
  connection.connectionStateChange.subscribe((state) => {
    if (state === "closed" || state === "failed") for (const each of sent) void each.close();
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(`http://127.0.0.1:${server.address().port}/`);
