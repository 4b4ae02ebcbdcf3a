import { DeviceError } from "../contract/device-error.ts";

let installed: boolean | undefined;

/** Whether the library that opens devices and codecs is installed; nothing of it is loaded. */
export function isNativeInstalled(): boolean {
  installed ??= resolves();
  return installed;
}

/** @throws DeviceError `missing-dependency`, naming what to install */
export function requireNative(): void {
  if (!isNativeInstalled()) throw missingNative();
}

export function missingNative(cause?: unknown): DeviceError {
  return new DeviceError(
    "missing-dependency",
    "Devices, files and encoders are opened by the optional package node-av, which isn't " +
      `installed for ${process.platform}-${process.arch}. Install it: npm install node-av`,
    { cause },
  );
}

function resolves(): boolean {
  const { createRequire } = process.getBuiltinModule("node:module");
  try {
    const entry = createRequire(import.meta.url).resolve("node-av");
    const suffix = process.platform === "win32" ? "-msvc" : "";
    createRequire(entry).resolve(
      `@seydx/node-av-${process.platform}-${process.arch}${suffix}/package.json`,
    );
    return true;
  } catch {
    return false;
  }
}
