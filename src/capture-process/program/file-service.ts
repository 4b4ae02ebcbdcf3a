import type { FileService, MediaFile } from "../../contract/media-file.ts";
import { isNativeInstalled, requireNative } from "../native-package.ts";
import type { OpenFiles } from "./open-files.ts";

/** Reads media files in one capture process, which runs while one of them is open. */
export class CaptureFileService implements FileService {
  #files: Promise<OpenFiles> | undefined;

  isSupported(): boolean {
    return isNativeInstalled();
  }

  async open(file: string | Uint8Array): Promise<MediaFile> {
    requireNative();
    this.#files ??= load();
    return await (await this.#files).open(file);
  }

  /** Closes every file. */
  async close(): Promise<void> {
    await (await this.#files)?.close();
  }
}

/** Imported when it is needed: a world that plays nothing begins sooner. */
async function load(): Promise<OpenFiles> {
  const { OpenFiles } = await import("./open-files.ts");
  return new OpenFiles();
}
