import { AudioData } from "../../src/media/audio-data.ts";
import { VideoFrame } from "../../src/media/video-frame.ts";

/** A picture of two by two pixels. @param timestamp - µs */
export function smallPicture(timestamp: number): VideoFrame {
  return new VideoFrame(new Uint8Array(6), {
    format: "I420",
    codedWidth: 2,
    codedHeight: 2,
    timestamp,
  });
}

/** One sample of silence. @param timestamp - µs */
export function smallSound(timestamp: number): AudioData {
  return new AudioData({
    format: "f32",
    sampleRate: 48_000,
    numberOfFrames: 1,
    numberOfChannels: 1,
    timestamp,
    data: new Float32Array(1),
  });
}
