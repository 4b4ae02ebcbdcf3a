import type { MediaKind, PushSource } from "../../engine/contract.ts";
import { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import { ClosableWritable } from "./closable-writable.ts";
import type { Realm } from "../realm/realm.ts";

interface WritableParts {
  readonly realm: Realm;
  readonly source: PushSource;
  /** Drops what is written while it is true. */
  isMuted(): boolean;
}

/**
 * Takes frames of the source's kind and closes them. Closing it ends the source's tracks.
 * @see https://w3c.github.io/mediacapture-transform/#writeframe
 */
export function writableInto<Frame extends VideoFrame | AudioData>({
  isMuted,
  realm,
  source,
}: WritableParts): ClosableWritable<Frame> {
  return new ClosableWritable<Frame>({
    write(frame) {
      checkFrame(frame, source.kind, realm);
      if (!isMuted()) source.push(frame.clone());
      frame.close();
    },
    close: () => source.end(),
    abort: () => source.end(),
  });
}

/** @throws TypeError for what is no open frame of this kind */
function checkFrame(frame: VideoFrame | AudioData, kind: MediaKind, realm: Realm): void {
  const expected = kind === "video" ? VideoFrame : AudioData;
  if (!(frame instanceof expected)) throw new realm.TypeError(`Write ${expected.name} objects.`);
  if (frame.format === null) throw new realm.TypeError(`This ${expected.name} is closed.`);
}
