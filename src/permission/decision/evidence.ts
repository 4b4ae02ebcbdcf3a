import type { PermissionName, PermissionState } from "../contract.ts";

/** An answer about a kind as a whole, about single devices of it, or both. */
export interface Answers {
  /** Absent: only the devices named below were decided on. */
  readonly state?: "granted" | "denied";
  /** By device key; what stands here wins over `state`. */
  readonly devices?: Readonly<Record<string, PermissionState>>;
  /** What restores a choice that was made in the desktop's dialog, and the device that it is of. */
  readonly restore?: { readonly deviceKey: string; readonly token: string };
}

export type AnswersByName = Readonly<Partial<Record<PermissionName, Answers>>>;

/** Everything a decision rests on, as plain values: no file is read while deciding. */
export interface Evidence {
  /** How to name this application to `usermedia permission`: `--app PATH`, or nothing. */
  readonly applicationOption: string;
  /** Where answers are remembered. */
  readonly storeFile: string;
  /** Why the manifest rules a kind out; `undefined` where it doesn't. */
  readonly manifestRefusal: (name: PermissionName) => string | undefined;
  /** The fixed policy of the environment. A text says what is wrong with the variable. */
  readonly environment: AnswersByName | string;
  /** Whether the environment's grant of a kind was revoked since the program runs. */
  readonly isPolicyRevoked: (name: PermissionName) => boolean;
  /** What the store remembers. A text says why it can't be trusted. */
  readonly remembered: AnswersByName | string;
  /** Answers that hold until the program ends. */
  readonly session: AnswersByName;
}

/** The answer on one device, or on the kind where no device is named. */
export function answerOn(
  answers: Answers | undefined,
  deviceKey?: string,
): PermissionState | undefined {
  if (answers === undefined) return undefined;
  const { devices, state } = answers;
  if (deviceKey !== undefined && devices !== undefined && Object.hasOwn(devices, deviceKey)) {
    return devices[deviceKey];
  }
  return state;
}

/** The same answers with nothing decided on one device. */
export function withoutDevice(answers: Answers, deviceKey: string): Answers {
  const { restore, ...others } = answers;
  return {
    ...others,
    devices: { ...answers.devices, [deviceKey]: "prompt" },
    ...(restore !== undefined && restore.deviceKey !== deviceKey && { restore }),
  };
}

/** The same answers with one device, or the kind as a whole, decided on. */
export function withAnswer(
  answers: Answers | undefined,
  state: "granted" | "denied",
  deviceKey?: string,
): Answers {
  if (deviceKey === undefined) return { state };
  return { ...answers, devices: { ...answers?.devices, [deviceKey]: state } };
}
