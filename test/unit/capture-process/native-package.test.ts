import { afterEach, expect, test, vi } from "vitest";
import type * as nativePackage from "../../../src/capture-process/native-package.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

/** As on a machine whose Node is built against another C library. */
async function onMusl(): Promise<typeof nativePackage> {
  vi.resetModules();
  if (process.report === undefined) throw new Error("This Node.js has no reports.");
  vi.spyOn(process.report, "getReport").mockReturnValue({ header: {} });
  return await import("../../../src/capture-process/native-package.ts");
}

test("on this machine, with glibc, the binary is there", async () => {
  const native = await import("../../../src/capture-process/native-package.ts");
  expect(native.whyNativeIsMissing()).toBeUndefined();
  expect(native.isNativeInstalled()).toBe(true);
});

test.runIf(process.platform === "linux")(
  "on Alpine Linux the binary that npm installed counts as missing, by a warning that names musl",
  async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const native = await onMusl();
    expect(native.isNativeInstalled()).toBe(false);
    expect(native.whyNativeIsMissing()).toMatch(
      /musl \(Alpine Linux\).*glibc, such as node:22-slim/,
    );
    expect(() => native.requireNative()).toThrow(
      expect.objectContaining({ code: "missing-dependency" }) as Error,
    );
    expect(warn).toHaveBeenCalledOnce();
  },
);

test("a binary that is there and can't be loaded isn't said to be missing", async () => {
  const native = await import("../../../src/capture-process/native-package.ts");
  const { message } = native.missingNative(new Error("libdrm.so.2: no such file"));
  expect(message).toContain("is installed and can't be loaded: libdrm.so.2: no such file");
});
