import type { FileBackendOptions } from "../backends/file/file-backend.ts";
import type { Backend } from "../contract/device.ts";
import { lazyBackend } from "./lazy-backend.ts";

/**
 * Media files, or folders of them, as cameras and microphones. A device ends where its file does,
 * unless `loop` is set. No permission is asked: a program that names a file could read the file too.
 *
 * Whoever calls this closes the backend.
 *
 * @throws TypeError for anything but a list of paths
 */
export function fileDevices(
  files: readonly string[],
  options: Omit<FileBackendOptions, "files"> = {},
): Backend {
  if (!Array.isArray(files) || !files.every((file) => typeof file === "string")) {
    throw new TypeError('fileDevices() takes a list of files: fileDevices(["clip.mp4"])');
  }
  return lazyBackend("file", async () => {
    const { fileBackend } = await import("../backends/file/file-backend.ts");
    const backend = fileBackend({ loop: false, ...options, files });
    return {
      name: backend.name,
      get problems() {
        return backend.problems ?? [];
      },
      listDevices: async () =>
        (await backend.listDevices()).map((device) => ({ ...device, needsPermission: false })),
      open: (hardwareId, configuration) => backend.open(hardwareId, configuration),
      close: async () => backend.close?.(),
    };
  });
}
