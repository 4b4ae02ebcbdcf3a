import type { Clock, Track } from "../../engine/contract.ts";
import { jpegConfigurationOf } from "../frames/jpeg-configuration.ts";
import { pictureTimeoutMs } from "./next-frame.ts";

/**
 * The next picture of a track as a JPEG file, encoded beside the capture; undefined when the track
 * ends before it or gives none in time. Where one side or none is asked for, the picture keeps its
 * shape or its size.
 * @throws DeviceError when nothing here encodes JPEG
 */
export async function takeJpeg(
  track: Track,
  clock: Clock,
  asked: { readonly width?: number; readonly height?: number },
): Promise<Uint8Array | undefined> {
  let settle: (picture: Uint8Array | undefined) => void = () => {};
  let fail: (reason: Error) => void = () => {};
  const picture = new Promise<Uint8Array | undefined>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  // It may fail while the encoder is opened still, which rejects by itself.
  picture.catch(() => {});
  const encoder = await track.openEncoder(jpegConfigurationOf(asked), {
    // The black frames of a muted track are no pictures.
    chunk: ({ data }) => {
      if (!track.muted) settle(data);
    },
    error: (reason) => fail(reason),
    ended: () => settle(undefined),
  });
  const cancelTimeout = clock.setTimeout(() => settle(undefined), pictureTimeoutMs);
  try {
    return await picture;
  } finally {
    cancelTimeout();
    await encoder.close();
  }
}
