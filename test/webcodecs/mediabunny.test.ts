import { join } from "node:path";
import { registerMediabunnyServer } from "@mediabunny/server";
import {
  AudioSample,
  AudioSampleSource,
  FilePathTarget,
  MkvOutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
} from "mediabunny";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AudioData } from "../../src/media/audio-data.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { VideoFrame } from "../../src/media/video-frame.ts";
import { MediaStreamTrackProcessor } from "../../src/web/transform/media-stream-track-processor.ts";
import type { MediaStreamTrack } from "../../src/web/track/media-stream-track.ts";
import { decodeMarks } from "../support/decode.ts";
import { probe } from "../support/probe.ts";
import { missingCommands } from "../support/sound-server.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SIZE = { width: 320, height: 240 };
const PICTURES = 30;
const PIECES = 100;

let world: SyntheticWorld;
beforeEach((context) => {
  const reason = missingCommands("ffmpeg", "ffprobe");
  if (reason !== undefined) context.skip(reason);
  // Where the library looks for a browser's.
  vi.stubGlobal("VideoFrame", VideoFrame);
  vi.stubGlobal("AudioData", AudioData);
  registerMediabunnyServer();
  world = new SyntheticWorld();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await world.close();
  expect(openFrameCount()).toBe(0);
});

/** Hands so many frames of a track over as they are, and ends it. */
async function each<Frame>(
  track: MediaStreamTrack | undefined,
  count: number,
  take: (frame: Frame) => Promise<void>,
): Promise<void> {
  if (track === undefined) throw new Error("no track");
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 100 });
  const reader = readable.getReader();
  for (let index = 0; index < count; index++) {
    const { value } = await reader.read();
    await take(value as Frame);
  }
  track.stop();
  await reader.cancel();
}

/** Encodes a sample, and closes it. */
async function add<Sample extends { close(): void }>(
  source: { add(sample: Sample): Promise<void> },
  sample: Sample,
): Promise<void> {
  await source.add(sample);
  sample.close();
}

test("the encoders of a library take a processor's frames as they are", async () => {
  const path = join(temporaryFolder(), "library.mkv");
  const output = new Output({ format: new MkvOutputFormat(), target: new FilePathTarget(path) });
  const pictures = new VideoSampleSource({ codec: "vp8", bitrate: 1_000_000 });
  const sound = new AudioSampleSource({ codec: "flac" });
  output.addVideoTrack(pictures);
  output.addAudioTrack(sound);
  await output.start();
  const stream = await world.stream(SIZE);
  const [video] = stream.getVideoTracks();
  const [audio] = stream.getAudioTracks();
  // Their types are a browser's, which ours are not by name.
  await Promise.all([
    each<VideoFrame>(video, PICTURES, async (frame) => {
      await add(pictures, new VideoSample(frame as never));
      frame.close();
    }),
    each<AudioData>(audio, PIECES, async (data) => {
      await add(sound, new AudioSample(data as never));
      data.close();
    }),
  ]);
  await output.finalize();
  const { streams } = await probe(path);
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(["vp8", "flac"]);
  const marks = (await decodeMarks(path, SIZE)).map(({ mark }) => mark?.number ?? Number.NaN);
  expect(marks).toHaveLength(PICTURES);
  const [first = Number.NaN] = marks;
  expect(marks).toEqual(marks.map((_, index) => first + index));
});
