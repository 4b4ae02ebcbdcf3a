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

/**
 * Names of today that once began with `goog`, some in a second version. What else began so is no
 * constraint of today under the rest of its name either, and ignored.
 */
const processing = /^goog(.*?)2?$/;

/** Limits that were a name of their own: `minWidth`, `maxFrameRate` … */
const limits = /^(min|max)([A-Z].*)/;

/** `chromeMediaSource` (webkit) and `mediaSource` (moz) that mean a screen. */
const displaySurfaces: Readonly<Record<string, string>> = {
  screen: "monitor",
  desktop: "monitor",
  window: "window",
  tab: "browser",
};

/** Puts an old call's constraints into today's terms. Today's own pass through as they are. */
export function translateConstraints(old: Members): ModernRequest {
  const constraints: Record<string, unknown> = { ...old };
  let display = false;
  for (const kind of ["audio", "video"]) {
    const media = old[kind];
    if (!isMembers(media)) continue;
    const { set, surface } = translateMedia(media);
    constraints[kind] = set;
    if (surface) display = true;
  }
  return { constraints, display };
}

interface TranslatedMedia {
  readonly set: ConstraintSet;
  /** Of the screen that is asked for; undefined where it is a camera or microphone. */
  readonly surface: string | undefined;
}

function translateMedia(media: Members): TranslatedMedia {
  const { mandatory, optional, require, mediaSource, advanced, ...plain } = media;
  const required = require as readonly string[] | undefined;
  const required2012 = (mandatory ?? {}) as Members;
  const set = translateSet(required2012, asExact);
  const preferences: ConstraintSet[] = [];
  for (const [name, value] of Object.entries(plain)) {
    if (required?.includes(name)) set[name] = asExact(value);
    else if (required && isMembers(value)) preferences.push({ [name]: value });
    else set[name] = value;
  }
  for (const one of (optional ?? []) as Members[]) {
    preferences.push(translateSet(one, (value) => value));
  }
  preferences.push(...((advanced ?? []) as ConstraintSet[]));
  if (preferences[0]) set["advanced"] = preferences;
  const surface = displaySurfaces[(mediaSource ?? required2012["chromeMediaSource"]) as string];
  return { set: surface ? forDisplay(set, surface) : set, surface };
}

function translateSet(old: Members, asRequired: (value: unknown) => unknown): ConstraintSet {
  const set: ConstraintSet = {};
  for (const [name, value] of Object.entries(old)) {
    const [, member = "", limited = ""] = limits.exec(name) ?? [];
    const [, processed] = processing.exec(name) ?? [];
    if (member) {
      const modern = lowerFirst(limited);
      set[modern] = { ...(set[modern] as Members), [member]: value };
    } else if (processed) {
      // Many pages wrote "false".
      set[lowerFirst(processed)] = asRequired(String(value) === "true");
    } else if (/^(chromeMediaS|s)ourceId$/.test(name)) {
      set["deviceId"] = asRequired(value);
    } else if (name !== "chromeMediaSource") {
      set[name] = asRequired(value);
    }
  }
  return set;
}

function lowerFirst(name: string): string {
  return name.replace(/./, (first) => first.toLowerCase());
}

/** getDisplayMedia refuses `min`, `exact` and `advanced`: what was required becomes a wish. */
function forDisplay(set: ConstraintSet, surface: string): ConstraintSet {
  const { advanced: _, ...rest } = set;
  const wishes: ConstraintSet = { displaySurface: surface };
  for (const [name, value] of Object.entries(rest)) {
    const { min, exact, ...allowed } = isMembers(value) ? value : { ideal: value };
    wishes[name] = { ideal: exact ?? min, ...allowed };
  }
  return wishes;
}

function asExact(value: unknown): unknown {
  return isMembers(value) ? value : { exact: value };
}

function isMembers(value: unknown): value is Members {
  return Object(value) === value && !Array.isArray(value);
}
