import { DeviceError } from "../contract/device-error.ts";
import { findOwnProgram, type OwnProgram, requireFrom } from "../host/own-files.ts";

let installed: boolean | undefined;

/**
 * Whether the library that opens devices and codecs can be had; nothing of it is loaded. Warns once
 * where it is there and can't be used, since devices are then missing without an error.
 */
export function isNativeInstalled(): boolean {
  installed ??= resolves();
  return installed;
}

/** @throws DeviceError `missing-dependency`, naming what to install */
export function requireNative(): void {
  const why = whyNativeIsMissing();
  if (why !== undefined) throw new DeviceError("missing-dependency", why);
}

/** In words, with what to do; undefined where it is there. */
export function whyNativeIsMissing(): string | undefined {
  if (findOwnProgram("capture-process") === undefined) return describeLost("capture-process");
  return isNativeInstalled() ? undefined : describeMissing(undefined);
}

/** @throws DeviceError `missing-dependency` where a bundle lost it */
export function requireOwnProgram(name: OwnProgram): string {
  const path = findOwnProgram(name);
  if (path === undefined) throw new DeviceError("missing-dependency", describeLost(name));
  return path;
}

/** @param cause what loading it ended with, where that was tried */
export function missingNative(cause?: unknown): DeviceError {
  const why = cause === undefined ? whyNativeIsMissing() : undefined;
  return new DeviceError("missing-dependency", why ?? describeMissing(cause), { cause });
}

function describeMissing(cause: unknown): string {
  const what = `Devices, files and encoders are opened by the optional package ${nativePackage()}`;
  if (isMusl()) {
    return (
      `${what}, which is built for glibc; this system's C library is musl (Alpine Linux). ` +
      "Use an image with glibc, such as node:22-slim."
    );
  }
  if (isNativeInstalled() && cause !== undefined) {
    return `${what}, which is installed and can't be loaded: ${messageOf(cause)}`;
  }
  return `${what}, which isn't installed. Install it: npm install --include=optional node-usermedia`;
}

/** The package with the binary for this machine. */
function nativePackage(): string {
  const suffix = process.platform === "win32" ? "-msvc" : "";
  return `@seydx/node-av-${process.platform}-${process.arch}${suffix}`;
}

/** The capture process loads it, so it is looked for from there. */
function resolves(): boolean {
  const from = findOwnProgram("capture-process");
  if (from === undefined) {
    process.emitWarning(describeLost("capture-process"), { code: "USERMEDIA_BUNDLED" });
    return false;
  }
  try {
    requireFrom(from).resolve(`${nativePackage()}/package.json`);
  } catch {
    return false;
  }
  if (isMusl()) process.emitWarning(describeMissing(undefined), { code: "USERMEDIA_MUSL" });
  return !isMusl();
}

function describeLost(name: OwnProgram): string {
  return (
    `usermedia's ${name} wasn't found: dist/entries/${name}.js of the package node-usermedia. ` +
    "A bundled program needs the package beside it: leave node-usermedia out of the bundle " +
    "(external), or deploy node_modules too; see docs/bundlers.md. Else install usermedia again."
  );
}

/** Whether this Node is built against musl: its report names the version of glibc otherwise. */
function isMusl(): boolean {
  if (process.platform !== "linux") return false;
  const report = process.report?.getReport() as { header?: object } | undefined;
  return report?.header !== undefined && !("glibcVersionRuntime" in report.header);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
