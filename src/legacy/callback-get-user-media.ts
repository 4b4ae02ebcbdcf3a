import { translateConstraints } from "./constraint-dialects.ts";
import { toLegacyError } from "./error-names.ts";
import type { LegacyOptions, LegacyScope } from "./scope.ts";

export type CallbackGetUserMedia = (
  constraints: unknown,
  success: (stream: unknown) => void,
  failure: (error: Error) => void,
) => void;

/**
 * `navigator.getUserMedia(constraints, success, failure)` over the promise form. Exactly one of the
 * callbacks is called, once, and never before this returns.
 *
 * @see https://w3c.github.io/mediacapture-main/#dom-navigator-getusermedia
 */
export function callbackGetUserMedia(
  scope: LegacyScope,
  { dialects = false, errorNames }: LegacyOptions,
): CallbackGetUserMedia {
  return (constraints, success, failure) => {
    if (typeof success !== "function" || typeof failure !== "function") {
      throw new TypeError("getUserMedia needs three arguments: constraints, success, failure");
    }
    request(scope, constraints, dialects).then(success, (error: Error) => {
      failure(errorNames === "legacy" ? toLegacyError(error) : error);
    });
  };
}

async function request(
  scope: LegacyScope,
  constraints: unknown,
  dialects: boolean,
): Promise<unknown> {
  const devices = scope.navigator?.mediaDevices;
  if (!devices) throw unavailable(scope);
  if (!dialects) return devices.getUserMedia(constraints);
  const modern = translateConstraints((constraints ?? {}) as Record<string, unknown>);
  if (modern.display && devices.getDisplayMedia) {
    return devices.getDisplayMedia(modern.constraints);
  }
  return devices.getUserMedia(modern.constraints);
}

function unavailable({ isSecureContext, DOMException }: LegacyScope): Error {
  return isSecureContext === false
    ? new DOMException(
        "Camera and microphone need a secure page: serve it from https or from localhost",
        "SecurityError",
      )
    : new DOMException("This browser has no navigator.mediaDevices", "NotSupportedError");
}
