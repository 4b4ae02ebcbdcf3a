/** An error as pages of 2013 to 2016 compare it. */
export interface LegacyError extends Error {
  /** 1, PERMISSION_DENIED, where that is what happened. */
  code: number;
  /** The constraint that couldn't be met; "" for other errors. */
  constraintName: string;
  PERMISSION_DENIED: 1;
}

/** Today's name of an error, and the names that it had; the first is the one to answer with. */
const oldNames: readonly (readonly [modern: string, ...old: string[]])[] = [
  [
    "NotAllowedError",
    "PermissionDeniedError",
    "PermissionDismissedError",
    "PERMISSION_DENIED",
    "MediaDeviceFailedDueToShutdown",
    "MediaDeviceKillSwitchOn",
  ],
  ["NotFoundError", "DevicesNotFoundError"],
  ["NotReadableError", "TrackStartError", "SourceUnavailableError", "HARDWARE_UNAVAILABLE"],
  ["OverconstrainedError", "ConstraintNotSatisfiedError", "CONSTRAINT_NOT_SATISFIED"],
  ["AbortError", "TabCaptureError", "ScreenCaptureError", "DeviceCaptureError"],
];

/** Today's name of an error that an old engine reports. */
export function modernErrorName(name: string): string {
  return oldNames.find((names) => names.includes(name))?.[0] ?? name;
}

/** An error of today for a page that compares the names of then. What never had one is as it is. */
export function toLegacyError(error: Error): LegacyError {
  const known = oldNames.find(([modern]) => modern === error.name);
  const dismissed = known?.[0] === "NotAllowedError" && /dismiss/i.test(error.message);
  const legacy = new Error(error.message) as LegacyError;
  legacy.name = (dismissed ? known[2] : known?.[1]) ?? error.name;
  legacy.code = known?.[0] === "NotAllowedError" ? 1 : 0;
  legacy.constraintName = (error as { constraint?: string }).constraint ?? "";
  legacy.PERMISSION_DENIED = 1;
  return legacy;
}
