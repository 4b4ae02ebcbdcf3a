/**
 * `node-usermedia/webrtc/werift`: tracks into a peer connection of
 * [werift](https://github.com/shinyoshiaki/werift-webrtc), WebRTC in TypeScript.
 *
 * @module
 */
import {
  MediaStreamTrack as WeriftTrack,
  type RTCPeerConnection,
  type RTCRtpSender,
  RtpHeader,
  RtpPacket,
} from "werift";
import type { EncoderSession } from "../contract/encoder.ts";
import type { EncoderConfigOf, MediaKind } from "../engine/contract.ts";
import type { EncodedChunk } from "../media/encoding.ts";
import { AudioPlacement } from "../sinks/recorder/audio-placement.ts";
import type { MediaStreamTrackLike } from "../web/track/media-stream-track.ts";
import { liveTrack } from "../web/track/live-track.ts";
import { checkSendOptions, type SendOptions } from "./send-options.ts";
import { vp8Payloads } from "./vp8-payloads.ts";

export type { SendOptions } from "./send-options.ts";

/** A track on its way to the far end. */
export interface SentTrack {
  /** The connection's own. */
  readonly sender: RTCRtpSender;
  /** Sends no more; the track and the connection go on. */
  close(): Promise<void>;
}

/**
 * Sends a track: video as VP8, audio as Opus, which every WebRTC implementation takes. It is
 * encoded beside its capture, as a recording is, and follows `enabled`, `muted` and
 * `applyConstraints()`. A key frame is sent when the far end asks for one.
 *
 * ```ts
 * const connection = new RTCPeerConnection();
 * for (const track of stream.getTracks()) await addTrack(connection, track);
 * await connection.setLocalDescription(await connection.createOffer());
 * ```
 *
 * @throws DOMException `InvalidStateError` when the track has ended; TypeError for a bitrate that
 *   is none; what opening the encoder rejects with
 */
export async function addTrack(
  connection: RTCPeerConnection,
  track: MediaStreamTrackLike,
  options: SendOptions = {},
): Promise<SentTrack> {
  checkSendOptions(options);
  const source = liveTrack(track, "the peer connection");
  const sent = new WeriftTrack({ kind: source.kind });
  const write = source.kind === "video" ? videoWriter(sent) : audioWriter(sent);
  const encoder = await source.openEncoder(configurationOf(source.kind, options), {
    chunk: write,
    error: () => sent.stop(),
    ended: () => sent.stop(),
  });
  const sender = connection.addTrack(sent);
  const stopWatching = watchKeyFrames(sender, encoder);
  return {
    sender,
    async close() {
      stopWatching();
      await encoder.close();
      sent.stop();
    },
  };
}

function configurationOf(kind: MediaKind, { bitrate }: SendOptions): EncoderConfigOf {
  if (kind === "audio") {
    return ({ channelCount = 1 }) => {
      const numberOfChannels = Math.min(2, channelCount);
      const sampleRate = 48_000;
      return { kind, codec: "opus", sampleRate, numberOfChannels, bitrate: bitrate ?? 64_000 };
    };
  }
  return ({ width = 640, height = 480, frameRate: framerate = 30 }) => ({
    ...{ kind, codec: "vp8", width, height, framerate },
    bitrate: bitrate ?? 1_500_000,
    keyFrameIntervalUs: 5_000_000,
  });
}

/** Nothing can be decoded before a key frame: one follows whenever somebody begins to look. */
function watchKeyFrames(sender: RTCRtpSender, encoder: EncoderSession): () => void {
  const request = (): void => encoder.requestKeyFrame();
  const lost = sender.onPictureLossIndication.subscribe(request);
  const ready = sender.onReady.subscribe(request);
  return () => {
    lost.unSubscribe();
    ready.unSubscribe();
  };
}

function videoWriter(track: WeriftTrack): (chunk: EncodedChunk) => void {
  const write = packetWriter(track);
  return ({ data, timestamp }) => {
    const payloads = vp8Payloads(data);
    payloads.forEach((payload, index) => {
      write(payload, rtpTime(timestamp, 90_000), index === payloads.length - 1);
    });
  };
}

function audioWriter(track: WeriftTrack): (chunk: EncodedChunk) => void {
  const write = packetWriter(track);
  const placement = new AudioPlacement();
  let isFirst = true;
  return ({ data, duration, timestamp }) => {
    const placedUs = placement.place(timestamp, duration);
    if (placedUs === undefined) return;
    write(Buffer.from(data), rtpTime(placedUs, 48_000), isFirst);
    isFirst = false;
  };
}

/** Numbers packets; the sender writes its own SSRC and payload type into them. */
function packetWriter(track: WeriftTrack) {
  let sequenceNumber = 0;
  return (payload: Buffer, timestamp: number, marker: boolean): void => {
    if (track.stopped) return;
    const header = new RtpHeader({ sequenceNumber, timestamp, marker, payloadType: 0, ssrc: 0 });
    track.writeRtp(new RtpPacket(header, payload));
    sequenceNumber = (sequenceNumber + 1) % 2 ** 16;
  };
}

/** @param clockRate - Hz */
function rtpTime(timestampUs: number, clockRate: number): number {
  return Math.round((timestampUs * clockRate) / 1e6) % 2 ** 32;
}
