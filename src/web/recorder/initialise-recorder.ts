import { defaultBitrates, distributeBitrate } from "../../sinks/recorder/bitrates.ts";
import { codecs } from "../../sinks/recorder/codec.ts";
import { isTypeSupported } from "../../sinks/recorder/is-type-supported.ts";
import { canEncodeIn } from "./can-encode-in.ts";
import type { MediaRecorderOptions } from "./media-recorder-options.ts";
import { mediaRecorderBrand } from "./media-recorder-slots.ts";
import type { MediaRecorder } from "./media-recorder.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import type { Realm } from "../realm/realm.ts";

/** @see https://w3c.github.io/mediacapture-record/#dom-mediarecorder-mediarecorder */
export function initialiseRecorder(
  object: object,
  realm: Realm,
  [stream, given]: readonly unknown[],
): void {
  const options = given as MediaRecorderOptions;
  const mimeType = options.mimeType ?? "";
  // The specification is silent; browsers and web-platform-tests agree on this.
  if (!realm.isFullyActive()) {
    throw new realm.DOMException(
      "Failed to construct 'MediaRecorder': the document is not fully active.",
      "NotSupportedError",
    );
  }
  checkCanRecord(mimeType, realm);
  if (
    options.videoKeyFrameIntervalDuration !== undefined &&
    options.videoKeyFrameIntervalCount !== undefined
  ) {
    throw new realm.DOMException(
      "Failed to construct 'MediaRecorder': give videoKeyFrameIntervalDuration or " +
        "videoKeyFrameIntervalCount, not both.",
      "NotSupportedError",
    );
  }
  const bitrates =
    options.bitsPerSecond === undefined
      ? {
          videoBitsPerSecond: options.videoBitsPerSecond ?? defaultBitrates.videoBitsPerSecond,
          audioBitsPerSecond: options.audioBitsPerSecond ?? defaultBitrates.audioBitsPerSecond,
        }
      : distributeBitrate(options.bitsPerSecond);
  mediaRecorderBrand.attach(object, {
    realm,
    recorder: object as MediaRecorder,
    stream: stream as MediaStream,
    constrainedMimeType: mimeType,
    constrainedBitsPerSecond: options.bitsPerSecond ?? null,
    videoKeyFrameIntervalDuration: options.videoKeyFrameIntervalDuration ?? null,
    videoKeyFrameIntervalCount: options.videoKeyFrameIntervalCount ?? null,
    audioBitrateMode: options.audioBitrateMode ?? "variable",
    mimeType,
    state: "inactive",
    bitrates,
    session: undefined,
    tasks: Promise.resolve(),
  });
}

function checkCanRecord(mimeType: string, realm: Realm): void {
  const canEncode = canEncodeIn(realm);
  // An empty type asks for nothing, and is supported; a recorder needs some encoder all the same.
  if (!codecs.some(canEncode)) {
    throw new realm.DOMException(
      `Failed to construct 'MediaRecorder': ${realm.codecs?.()?.missing ?? "nothing here encodes."}`,
      "NotSupportedError",
    );
  }
  if (!isTypeSupported(mimeType, canEncode)) {
    throw new realm.DOMException(
      `Failed to construct 'MediaRecorder': '${mimeType}' can't be recorded; ` +
        "ask MediaRecorder.isTypeSupported() first.",
      "NotSupportedError",
    );
  }
}
