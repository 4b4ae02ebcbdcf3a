import { AudioData } from "../../../src/media/audio-data.ts";
import { VideoFrame } from "../../../src/media/video-frame.ts";
import { mediaStreamTrackBrand } from "../../../src/web/track/media-stream-track-slots.ts";
import type { Realm } from "../../../src/web/realm/realm.ts";
import { transferTrack } from "../../../src/web/track/transfer-track.ts";

/** Who posts a message, and who gets it. */
export interface MessageRealms {
  readonly source: Realm;
  readonly target: Realm;
}

/**
 * A message as another realm of this thread receives it: tracks and streams that are transferred,
 * frames that are transferred or copied, and whatever Node's own structured clone can copy.
 *
 * @see https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializewithtransfer
 */
export function cloneMessage(
  message: unknown,
  transfer: readonly unknown[],
  { source, target }: MessageRealms,
): unknown {
  const received = new Map(transfer.map((value) => [value, receive(value, target)]));
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return structuredClone(value);
    if (received.has(value)) return received.get(value);
    if (isFrame(value)) return adopt(value.clone(), target);
    if (Array.isArray(value)) return target.Array.from(value as unknown[], copy);
    if (isDictionary(value)) {
      const entries = Object.entries(value).map(([key, member]) => [key, copy(member)]);
      return Object.assign(new target.Object(), Object.fromEntries(entries));
    }
    if (isTransferable(value)) {
      throw new source.DOMException("Transfer it: it can't be copied", "DataCloneError");
    }
    return structuredClone(value);
  };
  return copy(message);
}

/** The second argument of `postMessage()`: a list, or a dictionary with one. */
export function transferListOf(options: unknown): readonly unknown[] {
  if (Array.isArray(options)) return options as unknown[];
  const { transfer = [] } = (options ?? {}) as { transfer?: readonly unknown[] };
  return transfer;
}

/** The transfer steps of a value. Whatever Node transfers itself passes as it is. */
function receive(value: unknown, target: Realm): unknown {
  if (mediaStreamTrackBrand.is(value)) return transferTrack(value, target);
  if (isFrame(value)) {
    const received = adopt(value.clone(), target);
    value.close();
    return received;
  }
  if (value instanceof ReadableStream) return value.pipeThrough(passage(target));
  if (!(value instanceof WritableStream)) return value;
  const { readable, writable } = passage(target);
  void readable.pipeTo(value).catch(() => {});
  return writable;
}

/** What chunks go through on their way to another realm. */
function passage(target: Realm): TransformStream {
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(isFrame(chunk) ? adopt(chunk, target) : chunk);
    },
  });
}

function adopt(frame: VideoFrame | AudioData, { adoptFrame }: Realm): VideoFrame | AudioData {
  return adoptFrame?.(frame) ?? frame;
}

function isFrame(value: unknown): value is VideoFrame | AudioData {
  return value instanceof VideoFrame || value instanceof AudioData;
}

function isTransferable(value: object): boolean {
  return (
    mediaStreamTrackBrand.is(value) ||
    value instanceof ReadableStream ||
    value instanceof WritableStream
  );
}

/** An object of no class, of whatever realm. */
function isDictionary(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
