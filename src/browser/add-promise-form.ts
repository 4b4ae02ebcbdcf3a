import { define } from "../legacy/define.ts";
import { modernErrorName } from "../legacy/error-names.ts";

type PrefixedCall = (
  constraints: MediaStreamConstraints,
  success: (stream: MediaStream) => void,
  failure: (error: { name?: string; message?: string }) => void,
) => void;

/** Gives engines of 2013 to 2015, which have a prefixed call alone, `mediaDevices.getUserMedia`. */
export function addPromiseForm(navigator: Navigator): void {
  const old = navigator as unknown as Partial<Record<string, PrefixedCall>>;
  const call = old["webkitGetUserMedia"] ?? old["mozGetUserMedia"];
  if (navigator.mediaDevices || !call || !globalThis.isSecureContext) return;
  const getUserMedia = (constraints: MediaStreamConstraints): Promise<MediaStream> =>
    new Promise((resolve, reject) => {
      call.call(navigator, constraints, resolve, ({ message = "", name = "" }) => {
        reject(new DOMException(message, modernErrorName(name)));
      });
    });
  define(navigator, "mediaDevices", { value: { getUserMedia } });
}
