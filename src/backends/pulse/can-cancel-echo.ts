import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

import { isPipeWire, type ServerInfo } from "./server-info.ts";

const TRIPLETS: Readonly<Record<string, string>> = {
  arm: "arm-linux-gnueabihf",
  arm64: "aarch64-linux-gnu",
  x64: "x86_64-linux-gnu",
};

/**
 * Whether a server on this machine has the module that cancels echo. It can't be asked without
 * loading it, which other programs would notice: so its files are looked for, and on PipeWire the
 * command that loads it.
 */
export function canCancelEcho(
  server: ServerInfo,
  folders: readonly string[] = libraryFolders(),
  commandFolders: readonly string[] = (process.env["PATH"] ?? "").split(delimiter),
): boolean {
  if (isPipeWire(server)) {
    return (
      folders.some((folder) =>
        existsSync(join(folder, "spa-0.2", "aec", "libspa-aec-webrtc.so")),
      ) && commandFolders.some((folder) => existsSync(join(folder, "pw-cli")))
    );
  }
  return folders.some((folder) =>
    moduleFolders(folder, server.packageVersion).some((modules) =>
      existsSync(join(folder, modules, "modules", "module-echo-cancel.so")),
    ),
  );
}

function libraryFolders(): string[] {
  const triplet = TRIPLETS[process.arch];
  const usual = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];
  return triplet === undefined ? usual : [...usual, join("/usr/lib", triplet)];
}

/** `pulseaudio`, or `pulse-` and the version as the distribution has it. */
function moduleFolders(folder: string, version: string): string[] {
  try {
    return readdirSync(folder).filter(
      (name) => name === "pulseaudio" || name.startsWith(`pulse-${version}`),
    );
  } catch {
    return [];
  }
}
