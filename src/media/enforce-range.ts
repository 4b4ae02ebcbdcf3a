/**
 * WebIDL's integer conversion with `[EnforceRange]`: truncates, and refuses what doesn't fit.
 *
 * @throws TypeError
 */
export function enforceRange(value: unknown, name: string, min: number, max: number): number {
  const number = Math.trunc(Number(value));
  if (!(number >= min && number <= max)) {
    throw new TypeError(`${name} must be a whole number from ${min} to ${max}, not ${value}.`);
  }
  return number + 0;
}

export function unsignedLong(value: unknown, name: string): number {
  return enforceRange(value, name, 0, 0xffff_ffff);
}

/** `long long` and `unsigned long long` within what a Number holds exactly. */
export function longLong(value: unknown, name: string): number {
  return enforceRange(value, name, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

export function unsignedLongLong(value: unknown, name: string): number {
  return enforceRange(value, name, 0, Number.MAX_SAFE_INTEGER);
}
