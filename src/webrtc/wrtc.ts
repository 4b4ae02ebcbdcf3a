/**
 * `node-usermedia/webrtc/wrtc`: tracks into, and out of, a peer connection of
 * [@roamhq/wrtc](https://github.com/WonderInventions/node-webrtc), libwebrtc for Node.
 *
 * @module
 */
import { nonstandard } from "./wrtc-nonstandard.ts";
import type { NativeTrack } from "./wrtc-nonstandard.ts";
import { FrameLink } from "../engine/track/frame-link.ts";
import type { Track } from "../engine/contract.ts";
import { VideoFrame } from "../media/video-frame.ts";
import { PcmReader } from "../sinks/pcm/pcm-reader.ts";
import type { MediaStreamTrack, MediaStreamTrackLike } from "../web/track/media-stream-track.ts";
import { createTrack } from "../web/track/create-track.ts";
import { engineOptionsOf } from "../web/realm/engine-options-of.ts";
import { nodeRealm } from "../web/realm/realm.ts";
import { i420Of } from "./i420-of.ts";
import { liveTrack } from "../web/track/live-track.ts";
import { receiveNativeTrack } from "./receive-native-track.ts";

export type { NativeTrack } from "./wrtc-nonstandard.ts";

/** Hz and channels of what is handed over; the library takes 10 ms at a time. */
const sampleRate = 48_000;
const channelCount = 1;

/**
 * The library's own kind of track, filled with what this track gives: for `addTrack()` of its peer
 * connections. It follows `enabled` and `muted`, and ends with this track; stopping it leaves this
 * one as it is. The library encodes and adapts the bitrate.
 *
 * ```ts
 * const connection = new wrtc.RTCPeerConnection();
 * for (const track of stream.getTracks()) connection.addTrack(toNativeTrack(track));
 * ```
 *
 * @throws DOMException `InvalidStateError` when the track has ended
 */
export function toNativeTrack(track: MediaStreamTrackLike): NativeTrack {
  const source = liveTrack(track, "the peer connection");
  return source.kind === "video" ? videoTrack(source) : audioTrack(source);
}

/**
 * A track of what the far end sends, from a `track` event: to record it, or to read its pictures and
 * sound. It ends with the library's own.
 *
 * ```ts
 * connection.ontrack = ({ track }) => {
 *   const recorder = new MediaRecorder(new MediaStream([fromNativeTrack(track)]));
 * };
 * ```
 */
export function fromNativeTrack(track: NativeTrack): MediaStreamTrack {
  const source = receiveNativeTrack(track, engineOptionsOf(nodeRealm));
  return createTrack(nodeRealm, source.openTrack({}));
}

function videoTrack(source: Track): NativeTrack {
  const output = new nonstandard.RTCVideoSource();
  const track = output.createTrack();
  // A picture that wasn't taken when the next one comes is too late.
  const link = new FrameLink(source, 1);
  void (async () => {
    for (;;) {
      const frame = await link.read();
      if (frame === undefined) break;
      try {
        if (isOver(track)) break;
        if (!(frame instanceof VideoFrame)) continue;
        output.onFrame(await i420Of(frame, nonstandard.rgbaToI420));
      } finally {
        frame.close();
      }
    }
    link.close();
    track.stop();
  })();
  return track;
}

function audioTrack(source: Track): NativeTrack {
  const output = new nonstandard.RTCAudioSource();
  const track = output.createTrack();
  const frameSize = sampleRate / 100;
  void (async () => {
    const reader = new PcmReader(source, { sampleRate, channels: channelCount, frameSize });
    for await (const bytes of reader as AsyncIterable<Buffer>) {
      if (isOver(track)) break;
      if (bytes.length < frameSize * 2) continue;
      const samples = new Int16Array(frameSize);
      Buffer.from(samples.buffer).set(bytes);
      const bitsPerSample = 16;
      output.onData({
        samples,
        sampleRate,
        bitsPerSample,
        channelCount,
        numberOfFrames: frameSize,
      });
    }
    track.stop();
  })();
  return track;
}

function isOver({ readyState }: NativeTrack): boolean {
  return readyState === "ended";
}
