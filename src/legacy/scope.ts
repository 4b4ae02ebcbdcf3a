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

export interface LegacyNavigator {
  readonly mediaDevices?: PromiseDevices | undefined;
}

/** `navigator.mediaDevices`, as far as it is used here. */
export interface PromiseDevices {
  getUserMedia(constraints: unknown): Promise<unknown>;
  getDisplayMedia?(constraints: unknown): Promise<unknown>;
  enumerateDevices?(): Promise<readonly OldDevice[]>;
}

export interface OldDevice {
  readonly kind: string;
  readonly deviceId: string;
  readonly label: string;
}

export interface Constructor {
  readonly prototype: object;
}

export interface ObjectUrls {
  createObjectURL(object: unknown): string;
  revokeObjectURL(url: string): void;
}

export interface LegacyOptions {
  /** `"legacy"`: the error callback gets the names of 2013 to 2016 (`PermissionDeniedError` …). */
  readonly errorNames?: "legacy";
  /** True: old constraint dialects, and old members of streams and tracks. */
  readonly dialects?: boolean;
}
