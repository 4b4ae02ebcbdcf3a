import type { VideoFrame } from "../../media/video-frame.ts";
import type { NativeTrack, PageWindow } from "./page-window.ts";

/** A native track, what gives it frames, and what ends it. */
export interface NativeFeed<Frame> {
  readonly native: NativeTrack;
  give(frame: Frame): void;
  end(): void;
}

/** A native video track that shows each frame as it comes, painted on a canvas. */
export function paintFrames(
  window: PageWindow,
  { height = 480, width = 640 }: { width?: number; height?: number },
): NativeFeed<VideoFrame> {
  const canvas = window.document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  const [native] = canvas.captureStream(0).getTracks();
  if (native === undefined) throw new Error("This browser's canvases can't be captured.");
  return {
    native,
    give(frame) {
      const { displayHeight: height, displayWidth: width } = frame;
      if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
      }
      const image = context.createImageData(width, height);
      void frame.copyTo(image.data as Uint8ClampedArray<ArrayBuffer>, { format: "RGBA" });
      frame.close();
      context.putImageData(image, 0, 0);
      native.requestFrame?.();
    },
    end: () => undefined,
  };
}
