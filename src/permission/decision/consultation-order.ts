import type { PermissionDecision, PermissionName, RequestedKind } from "../contract.ts";
import { answerOn, type Evidence } from "./evidence.ts";

/** Decides by looking at evidence. `undefined` hands the question on. */
export interface Decider {
  readonly by: DeciderName;
  readonly decide: (kind: RequestedKind, evidence: Evidence) => PermissionDecision | undefined;
}

/** Has to be asked, for all undecided kinds of a request at once. */
export interface Asked {
  readonly by: "handler" | "prompt";
}

type DeciderName =
  | "manifest"
  | "environment"
  | "store check"
  | "block"
  | "harmless devices"
  | "grant"
  | "desktop"
  | "nobody";

/**
 * The order of consultation, first answer wins. This is the table of `docs/permissions.md`.
 *
 * A person's Block stands before the handler, and a handler before a person's grant: code of the
 * program can be stricter than its user, never more generous.
 */
export const consultationOrder: readonly (Decider | Asked)[] = [
  { by: "manifest", decide: byManifest },
  { by: "environment", decide: byEnvironment },
  { by: "store check", decide: byStoreCheck },
  { by: "block", decide: byBlock },
  { by: "handler" },
  { by: "harmless devices", decide: byHarmlessDevices },
  { by: "grant", decide: byGrant },
  { by: "desktop", decide: byDesktop },
  { by: "prompt" },
  { by: "nobody", decide: byNobody },
];

function byManifest({ name }: RequestedKind, evidence: Evidence) {
  const refusal = evidence.manifestRefusal(name);
  return refusal === undefined ? undefined : denied(name, refusal);
}

function byEnvironment({ name, devices }: RequestedKind, { environment }: Evidence) {
  if (typeof environment === "string") return denied(name, environment);
  const answers = environment[name];
  if (answers?.state === "denied") {
    const advice = `set ${name}=granted there to allow it`;
    return denied(name, `USERMEDIA_PERMISSIONS denies ${name}; ${advice}`);
  }
  return grantOf(name, devices, (deviceKey) => answerOn(answers, deviceKey) === "granted");
}

function byStoreCheck(kind: RequestedKind, { remembered }: Evidence) {
  if (typeof remembered !== "string" || isHarmless(kind)) return undefined;
  return denied(kind.name, remembered);
}

function byBlock(kind: RequestedKind, evidence: Evidence) {
  if (isHarmless(kind)) return undefined;
  const { name } = kind;
  const sources = [evidence.session, answersOf(evidence)];
  const isBlocked = (deviceKey?: string) =>
    sources.some((answers) => answerOn(answers[name], deviceKey) === "denied");
  const blocked =
    kind.devices.length === 0 ? isBlocked() : kind.devices.every(({ key }) => isBlocked(key));
  if (!blocked) return undefined;
  return denied(
    name,
    `The user blocked ${name} for this program (${evidence.storeFile}); ` +
      `\`usermedia permission reset ${name}${evidence.applicationOption}\` makes it ask again`,
  );
}

function byHarmlessDevices(kind: RequestedKind): PermissionDecision | undefined {
  return isHarmless(kind) ? { name: kind.name, state: "granted" } : undefined;
}

function byGrant({ name, devices }: RequestedKind, evidence: Evidence) {
  const remembered = answersOf(evidence)[name];
  // A screen is asked for each time: https://w3c.github.io/mediacapture-screen-share/#permissions.
  // Only an explicit `usermedia permission grant display-capture` is remembered.
  const session = name === "display-capture" ? undefined : evidence.session[name];
  const isGranted = (deviceKey?: string) =>
    answerOn(session, deviceKey) !== "denied" &&
    answerOn(remembered, deviceKey) !== "denied" &&
    (answerOn(session, deviceKey) ?? answerOn(remembered, deviceKey)) === "granted";
  return grantOf(name, devices, isGranted);
}

/**
 * The desktop's own dialog asks when the device is opened. It says nothing of sound, so that what
 * the machine plays is asked for here.
 */
function byDesktop({ devices, name, withSound }: RequestedKind): PermissionDecision | undefined {
  if (withSound === true || devices.length === 0) return undefined;
  return devices.every((device) => device.isChosenByDesktop === true) ? granted(name) : undefined;
}

/** The grant of every device or, where some aren't granted, of the best one that is. */
function grantOf(
  name: PermissionName,
  devices: RequestedKind["devices"],
  isGranted: (deviceKey?: string) => boolean,
): PermissionDecision | undefined {
  if (devices.length === 0) return isGranted() ? granted(name) : undefined;
  const usable = devices.find(({ key }) => isGranted(key));
  if (usable === undefined) return undefined;
  return devices.every(({ key }) => isGranted(key)) ? granted(name) : granted(name, usable.key);
}

function byNobody({ name }: RequestedKind, { applicationOption, isPolicyRevoked }: Evidence) {
  if (isPolicyRevoked(name)) {
    const advice = "start the program again to use it, and nobody could be asked";
    return denied(name, `The grant of ${name} in USERMEDIA_PERMISSIONS was revoked; ${advice}`);
  }
  return denied(
    name,
    `Nobody could be asked for ${name}: there is no terminal and no prompt page. ` +
      `Run \`usermedia permission grant ${name}${applicationOption}\`, ` +
      `set USERMEDIA_PERMISSIONS="${name}=granted", ` +
      `or answer in code with setPermissionRequestHandler()`,
  );
}

function answersOf({ remembered }: Evidence) {
  return typeof remembered === "string" ? {} : remembered;
}

function isHarmless({ devices }: RequestedKind): boolean {
  return devices.length > 0 && devices.every((device) => device.needsPermission === false);
}

function granted(name: PermissionName, deviceKey?: string): PermissionDecision {
  return { name, state: "granted", ...(deviceKey !== undefined && { deviceKey }) };
}

function denied(name: PermissionName, message: string): PermissionDecision {
  return { name, state: "denied", message };
}
