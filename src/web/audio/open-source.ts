import type { FileService, MediaFile } from "../../contract/media-file.ts";

/**
 * Opens what an address names: a file by its path or its `file:` address, or what a `blob:` or
 * `data:` address holds.
 *
 * @throws Error for other addresses; DeviceError for what holds no media
 */
export async function openSource(files: FileService, address: string): Promise<MediaFile> {
  // `C:\` is a path on Windows.
  const scheme = /^([a-z][a-z\d+.-]+):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return await files.open(address);
  if (scheme === "file") {
    const { fileURLToPath } = process.getBuiltinModule("node:url");
    return await files.open(fileURLToPath(address));
  }
  if (scheme !== "blob" && scheme !== "data") {
    throw new Error(
      `${scheme}: isn't loaded here; give a file, or fetch it: audio.src = ` +
        "URL.createObjectURL(await (await fetch(url)).blob())",
    );
  }
  const response = await fetch(address);
  return await files.open(new Uint8Array(await response.arrayBuffer()));
}
