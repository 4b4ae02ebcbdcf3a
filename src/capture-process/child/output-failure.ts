import { DeviceError, type DeviceErrorCode } from "../../contract/device-error.ts";

interface Cause {
  /** In FFmpeg's number (Linux's, negated) or in what it or the system says. */
  readonly signs: readonly (number | RegExp)[];
  readonly code: DeviceErrorCode;
  readonly message: string;
}

/** The first that fits; what FFmpeg says tells more than its number. */
const CAUSES: readonly Cause[] = [
  {
    signs: [/resolve hostname|Name or service not known|getaddrinfo/i],
    code: "not-found",
    message:
      "Its host's name isn't known: look at the address, and whether this machine is online.",
  },
  {
    // 401 and 403 as FFmpeg numbers them.
    signs: [
      -825_242_872,
      -858_797_304,
      /\b40[13]\b|unauthori[sz]ed|forbidden|denied|reject|bad secret|password|passphrase/i,
    ],
    code: "not-allowed",
    message:
      "The server refused this publisher: look at the stream key, the token or the password.",
  },
  {
    signs: [-111, /Connection refused/i],
    code: "failed",
    message: "Nothing listens there: start the server, or look at the port.",
  },
  {
    signs: [-110, /timed? ?out/i],
    code: "failed",
    message: "The server didn't answer in time: look at its address, and at what is between.",
  },
  {
    signs: [-101, -113, /unreachable/i],
    code: "failed",
    message:
      "The network has no way there: look at the address, and whether this machine is online.",
  },
  {
    signs: [-32, -104, /Broken pipe|reset by peer/i],
    code: "failed",
    message: "The server closed the connection: its log says why.",
  },
  {
    signs: [-28, /No space left/i],
    code: "failed",
    message: "The disk is full: make room on it.",
  },
  {
    signs: [-2, -13, /No such file|Permission denied/i],
    code: "failed",
    message: "It can't be written: look at the folder's name and its permissions.",
  },
  {
    // All that SRT says, whether nobody listens or the passphrase is another.
    signs: [-5, /Input\/output error/i],
    code: "failed",
    message:
      "Nothing there takes it: look at the host and the port, at the key or passphrase, and at the server's log.",
  },
];

/**
 * Why an output failed, and what to do next.
 * @param text - what FFmpeg calls `result`
 * @param said - what it logged of it, without secrets
 */
export function outputFailure(result: number, text: string, said: string): DeviceError {
  const isSaid = (sign: number | RegExp) => sign instanceof RegExp && sign.test(said);
  const cause =
    CAUSES.find(({ signs }) => signs.some(isSaid)) ??
    CAUSES.find(({ signs }) => signs.includes(result));
  const detail = said === "" ? text : said;
  if (cause !== undefined) return new DeviceError(cause.code, `${cause.message} (${detail})`);
  return new DeviceError("failed", `The server didn't take it: its log may say why. (${detail})`);
}
