/** The server's answer to a request was an error. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  /** One of {@link ErrorCode}, or a number that is newer than this client. */
  readonly code: number;

  constructor(code: number, request: string) {
    super(`The sound server refused ${request}: ${MESSAGES[code] ?? `error ${code}`}.`);
    this.code = code;
  }
}

/** `PA_ERR_…`, as far as a program can do something about them. */
export const ErrorCode = {
  access: 1,
  noEntity: 5,
  authKey: 9,
  killed: 12,
  busy: 26,
} as const;

const MESSAGES: Readonly<Record<number, string>> = {
  1: "access denied",
  2: "unknown command",
  3: "invalid argument",
  5: "no such entity",
  7: "protocol error",
  8: "timeout",
  9: "no authentication key",
  12: "entity killed",
  15: "bad state",
  17: "incompatible protocol version",
  19: "not supported",
  26: "device or resource busy",
};
