import type { PermissionName } from "../contract.ts";
import { withAnswer, withoutDevice, type AnswersByName } from "../decision/evidence.ts";
import { permissionNames } from "../permission-names.ts";
import type { RevocationCounts } from "../session-answers.ts";
import type { Counts, StoreData, StoredApplication } from "./store-data.ts";

/** Which application a change is about: what it is kept under, and what a person reads of it. */
export interface Subject {
  readonly id: string;
  readonly path: string;
  readonly packageName: string | undefined;
}

export interface Answer {
  readonly name: PermissionName;
  readonly state: "granted" | "denied";
  readonly deviceKey?: string;
}

/** Remembers an answer. `since` is an ISO 8601 timestamp. */
export function remember(
  data: StoreData,
  subject: Subject,
  answer: Answer,
  since: string,
): StoreData {
  const application = data.applications[subject.id] ?? newApplication(subject);
  const { name, state, deviceKey } = answer;
  const answers = withAnswer(application.permissions[name], state, deviceKey);
  const permissions = { ...application.permissions, [name]: { ...answers, since } };
  return withApplication(data, subject.id, { ...application, permissions });
}

/** Keeps what restores a choice of the desktop's dialog, in place of an older one; or forgets it. */
export function keepRestore(
  data: StoreData,
  subject: Subject,
  kept: {
    readonly name: PermissionName;
    readonly deviceKey: string;
    readonly token: string | undefined;
  },
  since: string,
): StoreData {
  const { deviceKey, name, token } = kept;
  const application = data.applications[subject.id] ?? newApplication(subject);
  const { restore: _older, ...answers } = application.permissions[name] ?? { since };
  const { [name]: _before, ...others } = application.permissions;
  const isEmpty = token === undefined && Object.keys(answers).every((key) => key === "since");
  const next = {
    ...answers,
    ...(token !== undefined && { restore: { deviceKey, token }, since }),
  };
  const permissions = isEmpty ? others : { ...others, [name]: next };
  return withApplication(data, subject.id, { ...application, permissions });
}

/**
 * Takes back what was answered: for one application or, without `id`, for all of them, now running
 * ones included. Blocks are forgotten only by {@link reset}.
 */
export function revoke(
  data: StoreData,
  names: readonly PermissionName[],
  subject?: Subject,
  deviceKey?: string,
): StoreData {
  if (subject === undefined) {
    const revoked = Object.entries(data.applications).map(
      ([id, application]) => [id, withoutGrants(application, names, deviceKey)] as const,
    );
    return {
      ...data,
      applications: Object.fromEntries(revoked),
      ...counted(data, names, deviceKey),
    };
  }
  const application = data.applications[subject.id] ?? newApplication(subject);
  const revoked = withoutGrants(application, names, deviceKey);
  const counts = counted(application, names, deviceKey);
  return withApplication(data, subject.id, { ...revoked, ...counts });
}

/**
 * Forgets every answer, Blocks too, about some kinds. About all kinds, it also changes the ids under
 * which the application knows its devices.
 */
export function reset(
  data: StoreData,
  names: readonly PermissionName[],
  saltNonce: string,
  subject?: Subject,
): StoreData {
  const isWhole = permissionNames.every((name) => names.includes(name));
  const nonce = isWhole ? { saltNonce } : {};
  const cleared = (application: StoredApplication): StoredApplication => ({
    ...application,
    ...nonce,
    permissions: omit(application.permissions, names),
    revocations: countedUp(application.revocations, names),
  });
  if (subject !== undefined) {
    const application = data.applications[subject.id] ?? newApplication(subject);
    return withApplication(data, subject.id, cleared(application));
  }
  const revocations = countedUp(data.revocations, names);
  const entries = Object.entries(data.applications).map(([id, it]) => [id, cleared(it)] as const);
  return { ...data, ...nonce, revocations, applications: Object.fromEntries(entries) };
}

/** What is remembered under the ids of an application: for each kind, the narrowest that says something. */
export function answersFor(data: StoreData, ids: readonly string[]): AnswersByName {
  const answers: Record<string, object> = {};
  for (const id of ids.toReversed()) {
    if (!Object.hasOwn(data.applications, id)) continue;
    for (const [name, { since: _since, ...answer }] of Object.entries(
      data.applications[id]?.permissions ?? {},
    )) {
      answers[name] = answer;
    }
  }
  return answers;
}

/** How often a kind, and single devices of it, were taken back from an application. */
export function revocationsOf(
  data: StoreData,
  ids: readonly string[],
  name: PermissionName,
): RevocationCounts {
  const records = [data, ...ids.map((id) => data.applications[id])];
  const counts = records.map((record) => record?.revocations?.[name] ?? 0);
  const devices: Record<string, number> = {};
  for (const record of records) {
    for (const [key, count] of Object.entries(record?.deviceRevocations?.[name] ?? {})) {
      devices[key] = (devices[key] ?? 0) + count;
    }
  }
  return { kind: counts.reduce((sum, count) => sum + count, 0), devices };
}

function withoutGrants(
  application: StoredApplication,
  names: readonly PermissionName[],
  deviceKey?: string,
): StoredApplication {
  const permissions = { ...application.permissions };
  for (const name of names) {
    const remembered = permissions[name];
    if (remembered === undefined) continue;
    if (deviceKey !== undefined) {
      permissions[name] = { ...withoutDevice(remembered, deviceKey), since: remembered.since };
    } else if (remembered.state !== "denied") {
      delete permissions[name];
    } else {
      permissions[name] = { state: "denied", since: remembered.since };
    }
  }
  return { ...application, permissions };
}

function newApplication({ path, packageName }: Subject): StoredApplication {
  return { path, ...(packageName !== undefined && { packageName }), permissions: {} };
}

function withApplication(data: StoreData, id: string, application: StoredApplication): StoreData {
  return { ...data, applications: { ...data.applications, [id]: application } };
}

/** The counts after a revocation of kinds, or of one device of them. */
function counted(
  { deviceRevocations, revocations }: Counts,
  names: readonly PermissionName[],
  deviceKey: string | undefined,
): Counts {
  if (deviceKey === undefined) return { revocations: countedUp(revocations, names) };
  const next = { ...deviceRevocations };
  for (const name of names) {
    const counts = next[name];
    next[name] = { ...counts, [deviceKey]: (counts?.[deviceKey] ?? 0) + 1 };
  }
  return { deviceRevocations: next };
}

function countedUp(
  counts: Partial<Record<PermissionName, number>> | undefined,
  names: readonly PermissionName[],
) {
  const next = { ...counts };
  for (const name of names) next[name] = (next[name] ?? 0) + 1;
  return next;
}

function omit<Value>(
  values: Partial<Record<PermissionName, Value>>,
  names: readonly PermissionName[],
): Partial<Record<PermissionName, Value>> {
  const kept = { ...values };
  for (const name of names) delete kept[name];
  return kept;
}
