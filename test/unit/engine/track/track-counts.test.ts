import { afterEach, expect, it } from "vitest";

import type { CodecService, FrameEncoder } from "../../../../src/contract/encoder.ts";
import type { Device, Track } from "../../../../src/engine/contract.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { DeviceSourcePool } from "../../../../src/engine/source/source-pool.ts";
import type { VideoEncoderConfig } from "../../../../src/media/encoding.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";
import { CAMERA, MICROPHONE, ScriptedBackend } from "../../../support/scripted-backend.ts";

afterEach(expectNoOpenFrames);

const camera: Device = { backendName: "scripted", description: CAMERA, key: "scripted:camera" };
const config: VideoEncoderConfig = {
  kind: "video",
  codec: "vp8",
  width: 640,
  height: 480,
  bitrate: 1e6,
  framerate: 30,
  keyFrameIntervalUs: 1e6,
};
const events = { chunk: () => undefined, error: () => undefined };

function setUp() {
  const encoder = { encodeQueueSize: 0, encoded: 0 };
  const codecs: CodecService = {
    isSupported: () => true,
    openEncoder: async (): Promise<FrameEncoder> => ({
      get encodeQueueSize() {
        return encoder.encodeQueueSize;
      },
      encode(frame) {
        encoder.encoded += 1;
        frame.close();
      },
      setEnabled: () => undefined,
      setPaused: () => undefined,
      requestKeyFrame: () => undefined,
      flush: async () => undefined,
      close: async () => undefined,
    }),
  };
  const backend = new ScriptedBackend();
  const pool = new DeviceSourcePool([backend], { clock: new ManualClock(), codecs });
  const open = () => pool.openTrack(camera, { width: 640, height: 480, frameRate: 30 });
  return { backend, encoder, open, pool };
}

const countsOf = ({ counts: { delivered, dropped } }: Track) => [delivered, dropped];

it("counts a picture that the encoder had no room for as dropped, not as delivered too", async () => {
  const { backend, encoder, open, pool } = setUp();
  const track = await open();
  await track.openEncoder(config, events);
  for (let index = 0; index < 10; index++) {
    encoder.encodeQueueSize = index < 6 ? 0 : 8;
    backend.session.deliver(index * 33_333);
  }
  expect(encoder.encoded).toBe(6);
  expect(countsOf(track)).toEqual([6, 4]);
  await pool.close();
});

it("counts a picture as delivered that one of several sinks took", async () => {
  const { backend, encoder, open, pool } = setUp();
  const track = await open();
  await track.openEncoder(config, events);
  track.connect({ frame: (frame) => frame.close() });
  encoder.encodeQueueSize = 8;
  backend.session.deliver(1);
  expect(countsOf(track)).toEqual([1, 0]);
  await pool.close();
});

it("counts a picture that waited for the encoder to open and was left out as dropped", async () => {
  const { backend, encoder, open, pool } = setUp();
  const track = await open();
  const opening = track.openEncoder(config, events);
  for (let index = 0; index < 40; index++) backend.session.deliver(index * 33_333);
  await opening;
  const [delivered = 0, dropped = 0] = countsOf(track);
  expect(delivered + dropped).toBe(40);
  expect(delivered).toBe(encoder.encoded);
  expect(dropped).toBeGreaterThan(0);
  await pool.close();
});

it("counts a picture once, however many encoders beside the capture had it", async () => {
  const { backend, open, pool } = setUp();
  backend.opensEncoders = true;
  const track = await open();
  await track.openEncoder(config, events);
  await track.openEncoder(config, events);
  for (const encoder of backend.session.encoders) {
    for (const timestamp of [0, 33_333, 66_667]) {
      const data = new Uint8Array(1);
      encoder.events.chunk({ type: "key", timestamp, duration: 33_333, data });
    }
  }
  expect(countsOf(track)).toEqual([3, 0]);
  await pool.close();
});

it("counts what nobody takes once it is asked to, and leaves decimation and disabled times apart", async () => {
  const { backend, open, pool } = setUp();
  const track = await open();
  backend.session.deliver(0);
  expect(backend.session.wanted).toBe(false);
  track.observeCounts();
  expect(backend.session.wanted).toBe(true);
  for (let index = 1; index <= 6; index++) backend.session.deliver(index * 33_333);
  expect(track.counts).toMatchObject({ delivered: 6, discarded: 0, dropped: 0 });
  track.enabled = false;
  backend.session.deliver(7 * 33_333);
  expect(track.counts).toMatchObject({ delivered: 6 });
  track.enabled = true;
  const clone = track.clone();
  await clone.applySettings({
    width: 640,
    height: 480,
    frameRate: 10,
    resizeMode: "crop-and-scale",
  });
  clone.observeCounts();
  for (let index = 8; index <= 13; index++) backend.session.deliver(index * 33_333);
  expect(track.counts).toMatchObject({ delivered: 12, discarded: 0 });
  expect(clone.counts).toMatchObject({ delivered: 2, discarded: 4, dropped: 0 });
  await pool.close();
});

it("counts what the device lost as dropped, in pictures or in samples", async () => {
  const { backend, open, pool } = setUp();
  const track = await open();
  let told = 0;
  track.connect({
    frame: (frame) => frame.close(),
    lost: (count) => {
      told += count;
    },
  });
  backend.session.deliver(0);
  backend.session.lose({ count: 4 });
  backend.session.deliver(5 * 33_333);
  expect(countsOf(track)).toEqual([2, 4]);
  expect(told).toBe(4);
  const description = MICROPHONE;
  const microphone = { backendName: "scripted", description, key: "scripted:microphone" };
  const audio = await pool.openTrack(microphone, { sampleRate: 48_000, channelCount: 1 });
  audio.observeCounts();
  backend.session.deliver(0);
  backend.session.lose({ count: 2, samples: 960, durationUs: 20_000 });
  expect(audio.counts).toMatchObject({
    delivered: 480,
    dropped: 960,
    deliveredUs: 10_000,
    totalUs: 30_000,
  });
  await pool.close();
});

it("counts what an encoder beside the capture left out, for as long as it is the only one", async () => {
  const { backend, open, pool } = setUp();
  backend.opensEncoders = true;
  const track = await open();
  const encoder = await track.openEncoder(config, events);
  const { events: told } = backend.session.encoders[0] ?? {};
  const chunk = { type: "key", duration: 33_333, data: new Uint8Array(1) } as const;
  told?.chunk({ ...chunk, timestamp: 0 });
  told?.leftOut?.({ lost: 3, discarded: 2 });
  told?.chunk({ ...chunk, timestamp: 200_000 });
  expect(track.counts).toMatchObject({ delivered: 2, discarded: 2, dropped: 3 });
  await encoder.close();
  // Of the next recording of the same track, which loses nothing.
  await track.openEncoder(config, events);
  backend.session.encoders[1]?.events.chunk({ ...chunk, timestamp: 300_000 });
  expect(track.counts).toMatchObject({ delivered: 3, discarded: 2, dropped: 3 });
  // A sink that has what the encoder lost: it was delivered after all.
  track.connect({ frame: (frame) => frame.close() });
  backend.session.deliver(333_333);
  backend.session.encoders[1]?.events.leftOut?.({ lost: 1, discarded: 0 });
  expect(track.counts).toMatchObject({ delivered: 4, discarded: 2, dropped: 3 });
  await pool.close();
});

it("has no frames travel to be counted while an encoder beside the capture counts them", async () => {
  const { backend, open, pool } = setUp();
  backend.opensEncoders = true;
  const track = await open();
  track.observeCounts();
  const encoder = await track.openEncoder(config, events);
  expect(backend.session.wanted).toBe(false);
  await encoder.close();
  expect(backend.session.wanted).toBe(true);
  await pool.close();
});
