import { sep } from "node:path";
import { namedApplication } from "../application/identify-application.ts";
import type { PermissionName, PermissionState } from "../contract.ts";
import { permissionNames } from "../permission-names.ts";
import { configFolder } from "../store/config-folder.ts";
import { PermissionStore } from "../store/permission-store.ts";
import { remember, reset, revoke, type Subject } from "../store/store-changes.ts";
import type { StoreData } from "../store/store-data.ts";

/** Which application, and where its answers are kept. */
export interface ManagementOptions {
  /** The path of an entry script or of a package's folder. */
  readonly application?: string;
  /** One device of the kind, by the key that {@link RememberedPermission.deviceKey} shows. */
  readonly deviceKey?: string;
  /** The folder of the store. Default: the user's. */
  readonly folder?: string;
}

/** One remembered answer. */
export interface RememberedPermission {
  readonly application: { readonly packageName: string | undefined; readonly path: string };
  readonly name: PermissionName;
  readonly state: PermissionState;
  /** Absent where the answer is about every device of the kind. */
  readonly deviceKey?: string;
  /** ISO 8601 */
  readonly since: string;
}

/**
 * Every remembered answer, by application.
 *
 * @throws Error when the store is damaged or can't be trusted.
 */
export function listPermissions(
  options: Pick<ManagementOptions, "folder"> = {},
): readonly RememberedPermission[] {
  const reading = store(options).read();
  if (reading.status === "untrusted") throw new Error(reading.reason);
  if (reading.status === "damaged") {
    throw new Error(
      `${store(options).file} is damaged; it is set aside when the next answer is kept`,
    );
  }
  return Object.values(reading.data.applications).flatMap(({ path, packageName, permissions }) =>
    permissionNames.flatMap((name) => {
      const remembered = permissions[name];
      if (remembered === undefined) return [];
      const { state, devices = {}, restore, since } = remembered;
      const common = { application: { packageName, path }, name, since };
      const onDevices = Object.entries(devices).map(([deviceKey, state]) => ({
        ...common,
        state,
        deviceKey,
      }));
      // What the desktop restores without asking is as good as granted.
      const restored = restore && { ...common, state: "granted", deviceKey: restore.deviceKey };
      return [
        ...(state === undefined ? [] : [{ ...common, state }]),
        ...onDevices.filter(({ deviceKey }) => deviceKey !== restored?.deviceKey),
        ...(restored === undefined ? [] : [restored as RememberedPermission]),
      ];
    }),
  );
}

/**
 * Grants kinds to an application; without one, to every program of the package in the current folder.
 *
 * @returns the application that it was granted to.
 * @throws Error when the application isn't there, or the store can't be written.
 */
export async function grantPermissions(
  names: readonly PermissionName[],
  options: ManagementOptions = {},
): Promise<{ readonly packageName: string | undefined; readonly path: string }> {
  const [subject] = subjectsOf(options.application ?? process.cwd());
  if (subject === undefined) throw new Error(`There is no program at ${options.application}`);
  const since = new Date().toISOString();
  const device = options.deviceKey === undefined ? {} : { deviceKey: options.deviceKey };
  await store(options).update((data) =>
    names.reduce(
      (next, name) => remember(next, subject, { name, state: "granted", ...device }, since),
      data,
    ),
  );
  return { packageName: subject.packageName, path: subject.path };
}

/**
 * Takes kinds back, from running programs too: of an application, or of all. Blocks stay.
 *
 * @throws Error when the application isn't there, or the store can't be written.
 */
export async function revokePermissions(
  names: readonly PermissionName[],
  options: ManagementOptions = {},
): Promise<void> {
  await store(options).update((data) =>
    forSubjects(data, options, (next, subject) => revoke(next, names, subject, options.deviceKey)),
  );
}

/**
 * Forgets every answer about kinds, Blocks too; of all kinds, also the ids by which the application
 * knows its devices.
 *
 * @throws Error when the application isn't there, or the store can't be written.
 */
export async function resetPermissions(
  names: readonly PermissionName[] = permissionNames,
  options: Omit<ManagementOptions, "deviceKey"> = {},
): Promise<void> {
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const saltNonce = randomBytes(16).toString("hex");
  await store(options).update((data) =>
    forSubjects(data, options, (next, subject) => reset(next, names, saltNonce, subject)),
  );
}

function forSubjects(
  data: StoreData,
  { application }: ManagementOptions,
  change: (data: StoreData, subject?: Subject) => StoreData,
): StoreData {
  if (application === undefined) return change(data);
  const subjects = subjectsOf(application);
  const [first] = subjects;
  if (first === undefined) throw new Error(`There is no program at ${application}`);
  const known = new Set(subjects.map(({ id }) => id));
  // What is taken from a package is taken from each of its programs.
  const inside = Object.entries(data.applications).flatMap(([id, { path, packageName }]) =>
    path.startsWith(first.path + sep) && !known.has(id) ? [{ id, path, packageName }] : [],
  );
  return [...subjects, ...inside].reduce(change, data);
}

function subjectsOf(application: string): readonly Subject[] {
  const named = namedApplication(application);
  if (named === undefined) return [];
  const { ids, packageName, path, folder } = named;
  return ids.map((id) => {
    const isScript = path !== undefined && id === ids[0];
    return { id, packageName, path: isScript ? path : folder };
  });
}

function store({ folder = configFolder() }: ManagementOptions): PermissionStore {
  return new PermissionStore(folder);
}
