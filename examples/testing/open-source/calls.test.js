import * as mediasoup from "mediasoup-client";
import { FakeHandler } from "mediasoup-client/handlers/FakeHandler";
import * as parameters from "mediasoup-client/fakeParameters";
import { createLocalAudioTrack, createLocalVideoTrack, Room } from "livekit-client";
import { expect, test, vi } from "vitest";
import adapter from "webrtc-adapter";
import { virtualDevices } from "node-usermedia/testing/vitest";

test("webrtc-adapter takes the window for no certain browser, and leaves constraints alone", async () => {
  virtualDevices.addMicrophone({ echoCancellation: true });
  expect(adapter.browserDetails.browser).not.toBe("firefox");
  const audio = { autoGainControl: false, echoCancellation: true, noiseSuppression: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  expect(virtualDevices.calls[0].constraints).toEqual({ audio });
  expect(stream.getAudioTracks()[0].getSettings()).toMatchObject(audio);
});

test("livekit-client opens the camera that it is told to, switches to another and stops it", async () => {
  const front = virtualDevices.addCamera({ label: "Front", facingMode: "user" });
  const back = virtualDevices.addCamera({ label: "Back", facingMode: "environment" });
  const track = await createLocalVideoTrack({ facingMode: "environment" });
  expect(track.mediaStreamTrack.label).toBe("Back");
  expect(await track.setDeviceId(front.deviceId)).toBe(true);
  await vi.waitFor(() => expect([front.isLive, back.isLive]).toEqual([true, false]));
  expect(await track.getDeviceId()).toBe(front.deviceId);
  track.stop();
  await vi.waitFor(() => expect(front.isLive).toBe(false));
});

test("livekit-client mutes a microphone's track, and hears that it was unplugged", async () => {
  const microphone = virtualDevices.addMicrophone({ label: "Headset" });
  const devices = await Room.getLocalDevices("audioinput");
  expect(devices.map(({ label }) => label)).toEqual(["Headset"]);
  const track = await createLocalAudioTrack({ noiseSuppression: true });
  await track.mute();
  expect([track.isMuted, track.mediaStreamTrack.enabled]).toEqual([true, false]);
  await track.unmute();
  const ended = new Promise((resolve) => track.on("ended", resolve));
  microphone.unplug();
  await ended;
});

test("mediasoup-client produces a virtual camera's track, and hears that it has ended", async () => {
  const camera = virtualDevices.addCamera({ modes: [{ width: 640, height: 480 }] });
  const device = new mediasoup.Device({ handlerFactory: FakeHandler.createFactory(parameters) });
  const routerRtpCapabilities = parameters.generateRouterRtpCapabilities();
  await device.load({ routerRtpCapabilities });
  const transport = device.createSendTransport(parameters.generateTransportRemoteParameters());
  transport.on("connect", (_parameters, connected) => connected());
  transport.on("produce", (_parameters, produced) => produced({ id: "producer" }));
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const producer = await transport.produce({ track: stream.getVideoTracks()[0] });
  expect(producer).toMatchObject({ kind: "video", paused: false });
  producer.pause();
  expect(producer.track.enabled).toBe(false);
  const ended = new Promise((resolve) => producer.on("trackended", resolve));
  camera.unplug();
  await ended;
});
