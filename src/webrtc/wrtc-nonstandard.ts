import { requireInstalled } from "../host/own-files.ts";
import type { I420Picture, RgbaToI420 } from "./i420-of.ts";

/** A `MediaStreamTrack` of the library, with the members of a browser's. */
export interface NativeTrack {
  readonly kind: string;
  readonly id: string;
  readonly readyState: "live" | "ended";
  enabled: boolean;
  /** Ends the track. */
  stop(): void;
  /** As of an `EventTarget`. */
  addEventListener(type: "ended", listener: () => void): void;
}

export interface SoundPiece {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly channelCount: number;
  readonly numberOfFrames: number;
}

/** What a far end's track gives until it is stopped. */
export interface NativeSink {
  onframe?: (event: { readonly frame: I420Picture }) => void;
  ondata?: (piece: SoundPiece) => void;
  stop(): void;
}

/** What the library has beyond the Web's interfaces; its own types need those of a browser. */
interface Nonstandard {
  readonly RTCVideoSource: new () => {
    createTrack(): NativeTrack;
    onFrame(picture: I420Picture): void;
  };
  readonly RTCAudioSource: new () => {
    createTrack(): NativeTrack;
    onData(piece: SoundPiece): void;
  };
  readonly RTCVideoSink: new (track: NativeTrack) => NativeSink;
  readonly RTCAudioSink: new (track: NativeTrack) => NativeSink;
  readonly rgbaToI420: RgbaToI420;
}

const library = requireInstalled("@roamhq/wrtc") as { nonstandard: Nonstandard };

/** @see https://github.com/WonderInventions/node-webrtc/blob/develop/docs/nonstandard-apis.md */
export const nonstandard: Nonstandard = library.nonstandard;
