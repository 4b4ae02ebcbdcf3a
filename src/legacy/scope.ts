/** What the legacy shims need of a window or a `globalThis`. Devices and media may be missing. */
export interface LegacyScope {
  readonly navigator: LegacyNavigator;
  readonly isSecureContext?: boolean;
  readonly MediaStream?: Constructor | undefined;
  readonly MediaStreamTrack?: Constructor | undefined;
  readonly HTMLMediaElement?: Constructor | undefined;
  readonly URL: ObjectUrls;
  readonly DOMException: new (message: string, name: string) => Error;
}

/** A `navigator`: the old calls are defined on it. */
export interface LegacyNavigator {
  readonly mediaDevices?: PromiseDevices | undefined;
}

/** `navigator.mediaDevices`, as far as it is used here. */
export interface PromiseDevices {
  /** Opens cameras and microphones. */
  getUserMedia(constraints: unknown): Promise<unknown>;
  /** Opens a display. */
  getDisplayMedia?(constraints: unknown): Promise<unknown>;
  /** Lists cameras and microphones. */
  enumerateDevices?(): Promise<readonly OldDevice[]>;
}

/** A device as `enumerateDevices()` lists it. */
export interface OldDevice {
  readonly kind: string;
  readonly deviceId: string;
  readonly label: string;
}

/** An interface, for the members of its prototype. */
export interface Constructor {
  readonly prototype: object;
}

/** `URL`, for the addresses of objects. */
export interface ObjectUrls {
  /** The address of an object. */
  createObjectURL(object: unknown): string;
  /** Gives an address up. */
  revokeObjectURL(url: string): void;
}

/** Which old behaviour is wanted beside the old names. */
export interface LegacyOptions {
  /** `"legacy"`: the error callback gets the names of 2013 to 2016 (`PermissionDeniedError` …). */
  readonly errorNames?: "legacy";
  /** True: old constraint dialects, and old members of streams and tracks. */
  readonly dialects?: boolean;
}
