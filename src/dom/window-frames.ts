import { AudioData } from "../media/audio-data.ts";
import type { SharedBytes } from "../media/shared-bytes.ts";
import { VideoFrame } from "../media/video-frame.ts";
import type { VideoFrameBufferInit } from "../media/video-frame.ts";
import type { Intrinsics } from "../webidl/intrinsics.ts";
import { toRealm } from "../webidl/to-realm.ts";

type Frame = VideoFrame | AudioData;
type Method = (this: object, ...values: unknown[]) => unknown;

/** The frame interfaces of a window. */
export interface WindowFrames {
  readonly VideoFrame: typeof VideoFrame;
  readonly AudioData: typeof AudioData;
  /** The window's own frame of the same content; the given one is closed. */
  adopt(frame: Frame): Frame;
}

/** Frames as a window's scripts see them: what they throw and promise is the window's. */
export function createWindowFrames(realm: Intrinsics): WindowFrames {
  const OwnVideoFrame = class extends VideoFrame {
    constructor(source: object, init?: object) {
      try {
        // Whichever of the overloads it is, the other class finds out and checks.
        super(source as SharedBytes, init as VideoFrameBufferInit);
      } catch (error) {
        throw errorIn(realm, error);
      }
    }

    override clone(): VideoFrame {
      return new OwnVideoFrame(this);
    }
  };
  const OwnAudioData = class extends AudioData {
    constructor(init: ConstructorParameters<typeof AudioData>[0]) {
      try {
        super(init);
      } catch (error) {
        throw errorIn(realm, error);
      }
    }

    override clone(): AudioData {
      return new OwnAudioData({ clone: this });
    }
  };
  shape(OwnVideoFrame, VideoFrame, realm);
  shape(OwnAudioData, AudioData, realm);
  return {
    VideoFrame: OwnVideoFrame,
    AudioData: OwnAudioData,
    adopt(frame) {
      const isPicture = frame instanceof VideoFrame;
      const own = isPicture ? new OwnVideoFrame(frame) : new OwnAudioData({ clone: frame });
      frame.close();
      return own;
    },
  };
}

/** Gives the class the interface's name, and methods that fail as the window's do. */
function shape(
  own: typeof VideoFrame | typeof AudioData,
  base: typeof own,
  realm: Intrinsics,
): void {
  Object.defineProperty(own, "name", { value: base.name, configurable: true });
  for (const [name, { value }] of Object.entries(
    Object.getOwnPropertyDescriptors(base.prototype),
  )) {
    if (name === "constructor" || name === "clone" || typeof value !== "function") continue;
    const { [name]: method } = {
      [name](this: object, ...values: unknown[]): unknown {
        try {
          const result = (value as Method).apply(this, values);
          if (!(result instanceof Promise)) return toRealm(realm, result);
          return toRealm(
            realm,
            result.catch((error: unknown) => {
              throw errorIn(realm, error);
            }),
          );
        } catch (error) {
          throw errorIn(realm, error);
        }
      },
    };
    const flags = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(own.prototype, name, { value: method, ...flags });
  }
}

function errorIn(realm: Intrinsics, error: unknown): unknown {
  if (error instanceof DOMException) return new realm.DOMException(error.message, error.name);
  if (error instanceof TypeError) return new realm.TypeError(error.message);
  return error;
}
