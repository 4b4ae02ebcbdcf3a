import { translateConstraints } from "./constraint-dialects.ts";
import { toLegacyError } from "./error-names.ts";
import type { LegacyOptions, LegacyScope } from "./scope.ts";

export type CallbackGetUserMedia = (
  constraints: unknown,
  success: (stream: unknown) => void,
  failure?: ((error: Error) => void) | null,
) => void;

/**
 * `navigator.getUserMedia(constraints, success, failure)` over the promise form. Exactly one of the
 * callbacks is called, once, and never before this returns.
 *
 * Deviates: the error callback may be missing, as in the drafts of 2012.
 *
 * @see https://w3c.github.io/mediacapture-main/#dom-navigator-getusermedia
 */
export function callbackGetUserMedia(
  scope: LegacyScope,
  { dialects = false, errorNames }: LegacyOptions,
): CallbackGetUserMedia {
  return (constraints, success, failure) => {
    if (typeof success !== "function" || (failure != null && typeof failure !== "function")) {
      throw new TypeError("Write getUserMedia(constraints, onStream, onError)");
    }
    request(scope, constraints, dialects).then(success, (error: Error) => {
      failure?.(errorNames ? toLegacyError(error) : error);
    });
  };
}

async function request(
  { navigator, isSecureContext, DOMException }: LegacyScope,
  constraints: unknown,
  dialects: boolean,
): Promise<unknown> {
  const devices = navigator.mediaDevices;
  if (!devices) {
    throw isSecureContext !== false
      ? new DOMException("No navigator.mediaDevices", "NotSupportedError")
      : new DOMException("Not a secure page: serve it from https or localhost", "SecurityError");
  }
  if (!dialects) return devices.getUserMedia(constraints);
  const modern = translateConstraints(constraints as Record<string, unknown>);
  return modern.display && devices.getDisplayMedia
    ? devices.getDisplayMedia(modern.constraints)
    : devices.getUserMedia(modern.constraints);
}
