import type { FileService, MediaFile } from "../../contract/media-file.ts";
import type { FileProcess } from "./file-process.ts";
import { isNativeInstalled, requireNative } from "../native-package.ts";

/** Reads media files in one capture process, which runs while one of them is open. */
export class CaptureFileService implements FileService {
  #process: Promise<FileProcess> | undefined;

  isSupported(): boolean {
    return isNativeInstalled();
  }

  async open(file: string | Uint8Array): Promise<MediaFile> {
    requireNative();
    this.#process ??= this.#load();
    return await (await this.#process).open(file);
  }

  /** Closes every file. */
  async close(): Promise<void> {
    await (await this.#process)?.close();
  }

  /** Imported when it is needed: a world that plays nothing begins sooner. */
  async #load(): Promise<FileProcess> {
    const { FileProcess } = await import("./file-process.ts");
    return new FileProcess();
  }
}
