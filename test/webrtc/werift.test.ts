import { RTCPeerConnection, type RtpPacket } from "werift";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { MediaStreamTrack } from "../../src/web/track/media-stream-track.ts";
import { addTrack } from "../../src/webrtc/werift.ts";
import { decodeMarks } from "../support/decode.ts";
import { missingCommands } from "../support/sound-server.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeVp8 } from "../support/write-vp8.ts";

let world: SyntheticWorld;
let peers: RTCPeerConnection[];
beforeEach(() => {
  world = new SyntheticWorld();
  peers = [new RTCPeerConnection({ iceServers: [] }), new RTCPeerConnection({ iceServers: [] })];
});
afterEach(async () => {
  for (const peer of peers) await peer.close();
  await world.close();
});

/** Sends the tracks from one peer to the other. Gives the packets that arrive, by kind. */
async function call(tracks: readonly MediaStreamTrack[]) {
  const [near, far] = peers;
  if (!near || !far) throw new Error("no peers");
  const received: Record<"audio" | "video", RtpPacket[]> = { audio: [], video: [] };
  far.onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe((packet) => {
      if (track.kind !== "unknown") received[track.kind as "audio" | "video"].push(packet);
    });
  });
  const sent = [];
  for (const track of tracks) sent.push(await addTrack(near, track));
  await near.setLocalDescription(await near.createOffer());
  await far.setRemoteDescription(near.localDescription ?? { type: "offer", sdp: "" });
  await far.setLocalDescription(await far.createAnswer());
  await near.setRemoteDescription(far.localDescription ?? { type: "answer", sdp: "" });
  return { received, sent };
}

test("The far end decodes the camera's pictures, in order, with the times of their capture", async (context) => {
  const reason = missingCommands("ffmpeg");
  if (reason !== undefined) context.skip(reason);
  const size = { width: 320, height: 240 };
  const stream = await world.stream(size);
  const { received, sent } = await call(stream.getTracks());
  const times = () => new Set(received.video.map(({ header }) => header.timestamp)).size;
  await expect.poll(times, { timeout: 30_000 }).toBeGreaterThan(45);
  for (const each of sent) await each.close();

  const file = await writeVp8(temporaryFolder(), received.video, size);
  const pictures = await decodeMarks(file, size);
  expect(pictures.length).toBeGreaterThan(20);
  const marks = pictures.map(({ mark }) => mark?.number ?? Number.NaN);
  expect(marks.every((mark) => mark >= 0)).toBe(true);
  const [first] = pictures;
  for (const { mark, timeS } of pictures) {
    const counted = ((mark?.number ?? 0) - (first?.mark?.number ?? 0)) / 30;
    expect(Math.abs(timeS - (first?.timeS ?? 0) - counted)).toBeLessThan(0.034);
  }

  // Opus in pieces of 20 ms, end to end.
  const sound = received.audio.map(({ header }) => header.timestamp);
  expect(sound.length).toBeGreaterThan(20);
  for (const [index, time] of sound.slice(1).entries()) {
    expect(Math.abs(time - (sound[index] ?? 0) - 960)).toBeLessThan(50);
  }
});

test("After close() nothing is sent, and the track goes on", async () => {
  const stream = await world.stream({ width: 160, height: 120 });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no track");
  const { received, sent } = await call([track]);
  await expect.poll(() => received.video.length).toBeGreaterThan(0);
  for (const each of sent) await each.close();
  expect(track.readyState).toBe("live");
  track.stop();
});

test("A track that has ended, and a bitrate that is none, are refused before anything starts", async () => {
  const [near] = peers;
  if (!near) throw new Error("no peer");
  const stream = await world.stream({ width: 160, height: 120 });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no track");
  await expect(addTrack(near, track, { bitrate: -1 })).rejects.toThrow(TypeError);
  track.stop();
  await expect(addTrack(near, track)).rejects.toThrow(
    expect.objectContaining({ name: "InvalidStateError" }),
  );
  expect(near.getTransceivers()).toEqual([]);
});
