import { getUserMedia } from "./get-user-media.ts";
import { mediaDevicesBrand } from "./media-devices-slots.ts";
import type { MediaStreamConstraints } from "./media-devices.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import type {
  NavigatorSlots,
  NavigatorUserMediaErrorCallback,
  NavigatorUserMediaSuccessCallback,
} from "./navigator.ts";

/**
 * The three-argument call, in terms of the promise one.
 * @see https://w3c.github.io/mediacapture-main/#dom-navigator-getusermedia
 */
export function legacyGetUserMedia(
  { mediaDevices, realm }: NavigatorSlots,
  constraints: MediaStreamConstraints,
  successCallback: NavigatorUserMediaSuccessCallback,
  errorCallback: NavigatorUserMediaErrorCallback,
): void {
  const invoke = <T>(callback: (value: T) => void, value: T): void => {
    try {
      callback.call(undefined, value);
    } catch (error) {
      realm.reportException(error);
    }
  };
  const promise = new Promise<MediaStream>((resolve) => {
    resolve(getUserMedia(mediaDevicesBrand.slotsOf(mediaDevices), constraints));
  });
  promise.then(
    (stream) => realm.queueTask(() => invoke(successCallback, stream)),
    (error: DOMException) => realm.queueTask(() => invoke(errorCallback, error)),
  );
}
