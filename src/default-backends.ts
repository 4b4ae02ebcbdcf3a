import { delimiter } from "node:path";

import type { Backend } from "./backends/contract.ts";
import { lazyBackend } from "./lazy-backend.ts";

/** A backend by name, the platforms that it is for, and its code. */
interface KnownBackend {
  readonly name: string;
  readonly platforms: readonly NodeJS.Platform[] | "all";
  readonly load: (environment: NodeJS.ProcessEnv) => Promise<Backend>;
}

/**
 * The backends of this package, real devices first. The only place that names them, and each is
 * loaded when devices are first listed.
 */
const knownBackends: readonly KnownBackend[] = [
  {
    name: "pulse",
    platforms: ["linux"],
    load: async () => (await import("./backends/pulse/index.ts")).createPulseBackend(),
  },
  {
    name: "file",
    platforms: "all",
    load: async (environment) => {
      const { fileBackend } = await import("./backends/file/file-backend.ts");
      return fileBackend({ files: filesIn(environment) });
    },
  },
  {
    name: "synthetic",
    platforms: "all",
    load: loadSynthetic,
  },
];

async function loadSynthetic(): Promise<Backend> {
  const { SyntheticBackend } = await import("./backends/synthetic/index.ts");
  const { systemClock } = await import("./engine/system-clock.ts");
  return new SyntheticBackend({ clock: systemClock });
}

/** The backends of a world: those that always count, and those for want of a real device. */
export interface DefaultBackends {
  readonly backends: readonly Backend[];
  readonly fallback: readonly Backend[];
}

/**
 * What this machine's devices are reached by.
 *
 * `USERMEDIA_BACKENDS=pulse,synthetic` takes these alone, in this order; then a synthetic device
 * is listed beside real ones. Without it, synthetic devices are there only for a kind of which the
 * machine has none. `USERMEDIA_FILES` names media files, or folders of them, that are devices too.
 *
 * @throws Error when `USERMEDIA_BACKENDS` names one that there isn't
 */
export function defaultBackends(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): DefaultBackends {
  const lazy = ({ load, name }: KnownBackend): Backend =>
    lazyBackend(name, () => load(environment));
  const restriction = environment["USERMEDIA_BACKENDS"];
  if (restriction !== undefined && restriction.trim() !== "") {
    return { backends: namedBackends(restriction).map(lazy), fallback: [] };
  }
  const usable = knownBackends.filter(
    ({ name, platforms }) =>
      (platforms === "all" || platforms.includes(platform)) &&
      (name !== "file" || filesIn(environment).length > 0),
  );
  return {
    backends: usable.filter(({ name }) => name !== "synthetic").map(lazy),
    fallback: usable.filter(({ name }) => name === "synthetic").map(lazy),
  };
}

/** The cameras and microphones that need no hardware, wherever they aren't listed by themselves. */
export function syntheticDevices(): Backend {
  return lazyBackend("synthetic", loadSynthetic);
}

/** Media files, or folders of them, as cameras and microphones; they end where the file does. */
export function fileDevices(files: readonly string[]): Backend {
  return lazyBackend("file", async () => {
    const { fileBackend } = await import("./backends/file/file-backend.ts");
    return fileBackend({ files, loop: false });
  });
}

function namedBackends(list: string): KnownBackend[] {
  const names = list.split(",").map((name) => name.trim());
  return names.map((name) => {
    const known = knownBackends.find((backend) => backend.name === name);
    if (known) return known;
    const all = knownBackends.map((backend) => backend.name).join(", ");
    throw new Error(`USERMEDIA_BACKENDS names "${name}"; there are: ${all}`);
  });
}

function filesIn(environment: NodeJS.ProcessEnv): string[] {
  return (environment["USERMEDIA_FILES"] ?? "").split(delimiter).filter((path) => path !== "");
}
