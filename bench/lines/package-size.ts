import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Line } from "../line.ts";

/** What is downloaded and what lies on the disk; the optional native package is the peer. */
export const packageSize: Line = {
  name: "package",
  async run() {
    const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const [report] = JSON.parse(execFileSync("npm", pack, { encoding: "utf8" })) as [
      { size: number; unpackedSize: number },
    ];
    const pure = productionPackages({ isOptional: false });
    const native = productionPackages({ isOptional: true });
    const own = report.unpackedSize / 1e6;
    return [
      {
        name: "package: its tarball, and unpacked",
        unit: "MB",
        ours: report.size / 1e6,
        peer: own,
        against: "unpacked",
      },
      {
        name: `package: installed with its ${pure.length} pure dependencies`,
        unit: "MB",
        ours: own + sizeOf(pure),
        peer: own + sizeOf([...pure, ...native]),
        against: `with node-av for ${process.platform}-${process.arch}`,
      },
    ];
  },
};

/** The folders of what a production install brings, as the lock file says. */
function productionPackages({ isOptional }: { readonly isOptional: boolean }): string[] {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<
      string,
      { dev?: boolean; peer?: boolean; optional?: boolean; devOptional?: boolean }
    >;
  };
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    path !== "" &&
    entry.dev !== true &&
    entry.peer !== true &&
    (entry.optional === true) === isOptional
      ? path
      : [],
  );
}

/** MB of those that are installed. */
function sizeOf(folders: readonly string[]): number {
  const sizes = folders.map((folder) => {
    try {
      return Number.parseInt(
        execFileSync("du", ["-sb", folder], { encoding: "utf8", stdio: "pipe" }),
      );
    } catch {
      return 0;
    }
  });
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}
