/**
 * The constraint dialects of 2012 to 2016, in today's terms. Which engine had which, and when:
 * docs/legacy.md.
 */

type Members = Readonly<Record<string, unknown>>;

/** One of today's constraint sets, or a whole of them. */
export type ConstraintSet = Record<string, unknown>;

/** What an old call asks for: today's constraints, and whether its picture is that of a screen. */
export interface ModernRequest {
  readonly constraints: Record<string, unknown>;
  /** True: to be asked of getDisplayMedia. */
  readonly display: boolean;
}

/** Names that have changed. What isn't here, and has no prefix, kept its name. */
const renamed: Readonly<Record<string, string>> = {
  sourceId: "deviceId",
  chromeMediaSourceId: "deviceId",
  googEchoCancellation: "echoCancellation",
  googEchoCancellation2: "echoCancellation",
  googAutoGainControl: "autoGainControl",
  googAutoGainControl2: "autoGainControl",
  googNoiseSuppression: "noiseSuppression",
  googNoiseSuppression2: "noiseSuppression",
};

/** `chromeMediaSource` (webkit) and `mediaSource` (moz) that mean a screen. */
const displaySurfaces: Readonly<Record<string, string>> = {
  screen: "monitor",
  desktop: "monitor",
  window: "window",
  application: "window",
  tab: "browser",
  browser: "browser",
};

/** Puts an old call's constraints into today's terms. Today's own pass through as they are. */
export function translateConstraints(old: Members): ModernRequest {
  const constraints: Record<string, unknown> = { ...old };
  let display = false;
  for (const kind of ["audio", "video"]) {
    const media = old[kind];
    if (!isMembers(media)) continue;
    const translated = translateMedia(media);
    constraints[kind] = translated.set;
    display ||= kind === "video" && translated.surface !== undefined;
  }
  return { constraints, display };
}

interface TranslatedMedia {
  readonly set: ConstraintSet;
  /** Of the screen that is asked for; undefined where it is a camera or microphone. */
  readonly surface: string | undefined;
}

function translateMedia(media: Members): TranslatedMedia {
  const { mandatory, optional, require, mediaSource, ...rest } = media;
  const required = Array.isArray(require) ? new Set<unknown>(require) : undefined;
  const source = String(
    mediaSource ?? (isMembers(mandatory) ? mandatory["chromeMediaSource"] : ""),
  );
  const surface = displaySurfaces[source];
  const set: ConstraintSet = {};
  const preferences: ConstraintSet[] = [];
  for (const [name, value] of Object.entries(rest)) {
    if (name === "advanced") continue;
    if (required?.has(name)) set[name] = asExact(value);
    else if (required && isMembers(value)) preferences.push({ [name]: value });
    else set[name] = value;
  }
  if (isMembers(mandatory)) Object.assign(set, translateSet(mandatory, asExact));
  for (const one of Array.isArray(optional) ? optional : []) {
    if (isMembers(one)) preferences.push(translateSet(one, (value) => value));
  }
  const advanced = [...preferences, ...((rest["advanced"] as ConstraintSet[] | undefined) ?? [])];
  const kept = advanced.filter((one) => Object.keys(one).length > 0);
  if (kept.length > 0) set["advanced"] = kept;
  return { set: surface === undefined ? set : forDisplay(set, surface), surface };
}

function translateSet(old: Members, exactly: (value: unknown) => unknown): ConstraintSet {
  const set: ConstraintSet = {};
  for (const [name, value] of Object.entries(old)) {
    if (name === "chromeMediaSource") continue;
    const limit = /^(min|max)([A-Z]\w*)$/.exec(name);
    if (limit) {
      const [, member = "", property = ""] = limit;
      const modern = property.charAt(0).toLowerCase() + property.slice(1);
      set[modern] = { ...(set[modern] as Members | undefined), [member]: Number(value) };
    } else if (name in renamed) {
      set[renamed[name] as string] = exactly(value);
    } else if (!name.startsWith("goog")) {
      set[name] = exactly(value);
    }
  }
  return set;
}

/** getDisplayMedia refuses `min`, `exact` and `advanced`: what was required becomes a wish. */
function forDisplay(set: ConstraintSet, surface: string): ConstraintSet {
  const wishes: ConstraintSet = { displaySurface: surface };
  for (const [name, value] of Object.entries(set)) {
    if (name === "advanced" || name === "deviceId") continue;
    if (!isMembers(value)) {
      wishes[name] = value;
      continue;
    }
    const { min, exact, ...allowed } = value;
    wishes[name] = { ideal: exact ?? min, ...allowed };
    if (exact === undefined && min === undefined) wishes[name] = allowed;
  }
  return wishes;
}

function asExact(value: unknown): unknown {
  return isMembers(value) ? value : { exact: value };
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
