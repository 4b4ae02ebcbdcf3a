import { createRequire } from "node:module";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { AudioData } from "../../src/media/audio-data.ts";
import { VideoFrame } from "../../src/media/video-frame.ts";
import { MediaStreamTrackProcessor } from "../../src/web/transform/media-stream-track-processor.ts";
import type { MediaStreamTrack } from "../../src/web/track/media-stream-track.ts";
import { fromNativeTrack, toNativeTrack } from "../../src/webrtc/wrtc.ts";
import type { NativeTrack } from "../../src/webrtc/wrtc.ts";
import { type LumaPicture, readFrameMark } from "../support/read-frame-mark.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

/** What the test uses of the library, whose own types need those of a browser. */
interface Peer {
  localDescription: object;
  iceGatheringState: string;
  onicegatheringstatechange?: () => void;
  ontrack?: (event: { track: NativeTrack }) => void;
  addTrack(track: NativeTrack): void;
  createOffer(): Promise<object>;
  createAnswer(): Promise<object>;
  setLocalDescription(description: object): Promise<void>;
  setRemoteDescription(description: object): Promise<void>;
  close(): void;
}
interface Sink {
  onframe?: (event: { frame: LumaPicture }) => void;
  ondata?: (event: { samples: Int16Array; sampleRate: number }) => void;
  stop(): void;
}
interface Library {
  RTCPeerConnection: new () => Peer;
  nonstandard: Record<"RTCVideoSink" | "RTCAudioSink", new (track: NativeTrack) => Sink>;
}
const { nonstandard, RTCPeerConnection } = createRequire(import.meta.url)(
  "@roamhq/wrtc",
) as Library;

let world: SyntheticWorld;
let closers: (() => void)[];
beforeEach(() => {
  world = new SyntheticWorld();
  closers = [];
});
afterEach(async () => {
  for (const close of closers) close();
  await world.close();
});

/** The description with every candidate in it. */
async function complete(peer: Peer, description: object): Promise<object> {
  await peer.setLocalDescription(description);
  if (peer.iceGatheringState !== "complete") {
    await new Promise<void>((resolve) => {
      peer.onicegatheringstatechange = () => {
        if (peer.iceGatheringState === "complete") resolve();
      };
    });
  }
  return peer.localDescription;
}

/** Sends tracks from one peer connection to another, which is given what arrives. */
async function call(
  sent: readonly NativeTrack[],
  receive: (event: { readonly track: NativeTrack }) => void,
): Promise<void> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  closers.push(
    () => near.close(),
    () => far.close(),
  );
  far.ontrack = receive;
  for (const track of sent) near.addTrack(track);
  await far.setRemoteDescription(await complete(near, await near.createOffer()));
  await near.setRemoteDescription(await complete(far, await far.createAnswer()));
}

test("The far end sees the camera's pictures in order, and hears the microphone", async () => {
  const size = { width: 320, height: 240 };
  const stream = await world.stream(size);
  const numbers: number[] = [];
  let loudest = 0;
  const receive = ({ track }: { readonly track: NativeTrack }): void => {
    const isVideo = track.kind === "video";
    const sink = new nonstandard[isVideo ? "RTCVideoSink" : "RTCAudioSink"](track);
    closers.push(() => sink.stop());
    sink.onframe = ({ frame }) => {
      const mark = readFrameMark(frame, size);
      if (mark !== undefined) numbers.push(mark.number);
    };
    sink.ondata = ({ samples }) => {
      for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
    };
  };
  const sent = stream.getTracks().map((track) => toNativeTrack(track));
  await call(sent, receive);

  await expect.poll(() => numbers.length, { timeout: 30_000 }).toBeGreaterThan(30);
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(new Set(numbers).size).toBeGreaterThan(20);
  // The synthetic beep is at half of full scale.
  await expect.poll(() => loudest, { timeout: 10_000 }).toBeGreaterThan(10_000);

  for (const track of stream.getTracks()) track.stop();
  await expect.poll(() => sent.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
});

test("What the far end sends is a track of ours, with its pictures and sound, until it ends", async () => {
  const size = { width: 320, height: 240 };
  const stream = await world.stream(size);
  const received: MediaStreamTrack[] = [];
  const sent = stream.getTracks().map((track) => toNativeTrack(track));
  await call(sent, ({ track }) => void received.push(fromNativeTrack(track)));
  await expect.poll(() => received.map(({ kind }) => kind).toSorted()).toEqual(["audio", "video"]);

  for (const track of received) {
    const { readable } = new MediaStreamTrackProcessor({ track });
    const reader = readable.getReader() as ReadableStreamDefaultReader<VideoFrame | AudioData>;
    const { value } = await reader.read();
    if (value instanceof VideoFrame) {
      expect([value.format, value.codedWidth, value.codedHeight]).toEqual(["I420", 320, 240]);
    } else {
      expect([value?.format, value?.numberOfFrames]).toEqual(["s16", 480]);
    }
    value?.close();
    await reader.cancel();
    track.stop();
    expect(track.readyState).toBe("ended");
  }
});

test("A track that has ended is refused", async () => {
  const stream = await world.stream({ width: 160, height: 120 });
  for (const track of stream.getTracks()) {
    track.stop();
    expect(() => toNativeTrack(track)).toThrow(
      expect.objectContaining({ name: "InvalidStateError" }),
    );
  }
});
