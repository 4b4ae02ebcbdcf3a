/** What the `usermedia` command says to scripts. Part of its interface: see `usermedia --help`. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  badUsage: 2,
  permissionDenied: 3,
  noDevice: 4,
  deviceBusy: 5,
  /** 128 + SIGINT, as shells have it. */
  aborted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
