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
  ["NotAllowedError", "PermissionDeniedError", "PermissionDismissedError"],
  ["NotFoundError", "DevicesNotFoundError"],
  ["NotReadableError", "TrackStartError", "SourceUnavailableError"],
  ["OverconstrainedError", "ConstraintNotSatisfiedError"],
];

/** Today's name of an error that an old engine reports. */
export function modernErrorName(name: string): string {
  return oldNames.find((names) => names.includes(name))?.[0] ?? name;
}

/** An error of today for a page that compares the names of then. What never had one is as it is. */
export function toLegacyError(error: Error): LegacyError {
  const [modern, name, dismissed] = oldNames.find(([now]) => now === error.name) ?? [];
  const denied = modern === "NotAllowedError";
  const closed = denied && /dismiss/i.test(error.message);
  return Object.assign(new Error(error.message), {
    name: (closed ? dismissed : name) ?? error.name,
    code: denied ? 1 : 0,
    constraintName: (error as { constraint?: string }).constraint ?? "",
    PERMISSION_DENIED: 1 as const,
  });
}
