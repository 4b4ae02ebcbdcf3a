import type { EngineOptions } from "../engine/contract.ts";
import { ProgramSource } from "../engine/source/program-source.ts";
import { AudioData } from "../media/audio-data.ts";
import { VideoFrame } from "../media/video-frame.ts";
import { nonstandard } from "./wrtc-nonstandard.ts";
import type { NativeSink, NativeTrack } from "./wrtc-nonstandard.ts";

/**
 * A source of what a peer connection of the library receives. It ends with the library's track, and
 * lets go of it once the last of its own tracks has ended.
 */
export function receiveNativeTrack(track: NativeTrack, options: EngineOptions): ProgramSource {
  const source = new ProgramSource(track.kind === "video" ? "video" : "audio", track.id, options);
  const sink: NativeSink = new nonstandard[`RTC${NAMES[source.kind]}Sink`](track);
  const isOver = (): boolean => {
    if (source.hasTracks && track.readyState === "live") return false;
    sink.stop();
    source.end();
    return true;
  };
  const timestamp = (): number => options.clock.nowUs();
  sink.onframe = ({ frame: { data, height, width } }) => {
    if (isOver() || !source.wantsFrames) return;
    const size = { codedWidth: width, codedHeight: height };
    source.push(new VideoFrame(data, { format: "I420", ...size, timestamp: timestamp() }));
  };
  sink.ondata = ({ channelCount, numberOfFrames, sampleRate, samples }) => {
    if (isOver() || !source.wantsFrames) return;
    const shape = { sampleRate, numberOfFrames, numberOfChannels: channelCount };
    source.push(new AudioData({ format: "s16", ...shape, timestamp: timestamp(), data: samples }));
  };
  track.addEventListener("ended", isOver);
  return source;
}

const NAMES = { video: "Video", audio: "Audio" } as const;
