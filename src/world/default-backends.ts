import { delimiter } from "node:path";

import type { Backend } from "../contract/device.ts";
import type { LeasedProcess } from "../capture-process/program/leased-process.ts";
import { systemClock } from "../engine/clock/system-clock.ts";
import { lazyBackend } from "./lazy-backend.ts";

/** What backends are made from. */
interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** The process that asks drivers for their modes, one for all. */
  readonly helper: () => Promise<LeasedProcess>;
  /** Another backend of the same world. */
  readonly find: (name: string) => Backend | undefined;
}

/** A backend by name, the platforms that it is for, and its code. */
interface KnownBackend {
  readonly name: string;
  readonly platforms: readonly NodeJS.Platform[] | "all";
  readonly load: (surroundings: Surroundings) => Promise<Backend>;
}

/**
 * The backends of this package, real devices first. The only place that names them, and each is
 * loaded when devices are first listed.
 */
const knownBackends: readonly KnownBackend[] = [
  {
    name: "v4l2",
    platforms: ["linux"],
    load: async ({ helper }) => {
      const { createV4l2Backend } = await import("../backends/v4l2/v4l2-backend.ts");
      return createV4l2Backend({ helper: await helper() });
    },
  },
  {
    name: "pulse",
    platforms: ["linux"],
    load: async ({ environment }) => {
      const { createPulseBackend } = await import("../backends/pulse/index.ts");
      return createPulseBackend({ env: environment });
    },
  },
  {
    name: "alsa",
    platforms: ["linux"],
    load: async ({ find, helper }) => {
      const { createAlsaBackend } = await import("../backends/alsa/alsa-backend.ts");
      // A sound server that lists its microphones holds the cards they are on.
      const isNeeded = async () => ((await find("pulse")?.listDevices()) ?? []).length === 0;
      return createAlsaBackend({ helper: await helper(), isNeeded });
    },
  },
  {
    name: "x11",
    platforms: ["linux"],
    load: async ({ environment, helper }) => {
      const { createX11Backend } = await import("../backends/x11/x11-backend.ts");
      return createX11Backend({ env: environment, helper: await helper() });
    },
  },
  {
    name: "pipewire",
    platforms: ["linux"],
    load: async ({ environment, helper }) => {
      const { createPipeWireBackend } = await import("../backends/pipewire/pipewire-backend.ts");
      return createPipeWireBackend({ env: environment, helper: await helper() });
    },
  },
  {
    name: "avfoundation",
    platforms: ["darwin"],
    load: async ({ helper }) => {
      const { createAvfoundationBackend } =
        await import("../backends/avfoundation/avfoundation-backend.ts");
      return createAvfoundationBackend({ helper: await helper() });
    },
  },
  {
    name: "dshow",
    platforms: ["win32"],
    load: async ({ helper }) => {
      const { createDshowBackend } = await import("../backends/dshow/dshow-backend.ts");
      return createDshowBackend({ helper: await helper() });
    },
  },
  {
    name: "file",
    platforms: "all",
    load: async ({ environment }) => {
      const { fileBackend } = await import("../backends/file/file-backend.ts");
      return fileBackend({ files: filesIn(environment) });
    },
  },
  { name: "synthetic", platforms: "all", load: loadSynthetic },
];

async function loadSynthetic(): Promise<Backend> {
  const { SyntheticBackend } = await import("../backends/synthetic/index.ts");
  return new SyntheticBackend({ clock: systemClock });
}

/** Options of `createMediaCapture()`: where this machine's devices come from. */
export interface DefaultBackends {
  /** The caller of `defaultBackends()` closes each of them. */
  readonly backends: readonly Backend[];
  /** What to do on a machine without a device, for the message of a `NotFoundError`. */
  readonly notFoundAdvice: string;
}

/**
 * The backends that list and open this machine's devices.
 *
 * `USERMEDIA_BACKENDS=pulse,synthetic` takes these alone, in this order. Without the variable, all
 * backends of this platform are taken, but the synthetic one. `USERMEDIA_FILES` names media files,
 * or folders of them, that are devices too.
 *
 * @throws Error when `USERMEDIA_BACKENDS` names a backend that doesn't exist
 */
export function defaultBackends(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): DefaultBackends {
  const restriction = environment["USERMEDIA_BACKENDS"] ?? "";
  const named = restriction.trim() === "" ? undefined : namedBackends(restriction);
  return {
    backends: lazyBackends(named ?? usualBackends(environment, platform), environment),
    notFoundAdvice: named
      ? `USERMEDIA_BACKENDS=${restriction} is all that is looked at; add synthetic for test devices`
      : "USERMEDIA_BACKENDS=synthetic gives test devices",
  };
}

function usualBackends(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): readonly KnownBackend[] {
  return knownBackends.filter(({ name, platforms }) => {
    if (name === "synthetic") return false;
    if (name === "file" && filesIn(environment).length === 0) return false;
    return platforms === "all" || platforms.includes(platform);
  });
}

function lazyBackends(
  chosen: readonly KnownBackend[],
  environment: NodeJS.ProcessEnv,
): readonly Backend[] {
  let helper: Promise<LeasedProcess> | undefined;
  const surroundings: Surroundings = {
    environment,
    helper: () => (helper ??= createHelper()),
    find: (name) => backends.find((backend) => backend.name === name),
  };
  const backends = chosen.map(({ load, name }) => lazyBackend(name, () => load(surroundings)));
  return backends;
}

async function createHelper(): Promise<LeasedProcess> {
  const { createHelperProcess } = await import("../capture-process/program/leased-process.ts");
  return createHelperProcess();
}

/** Cameras and microphones that need no hardware. The caller closes the backend. */
export function syntheticDevices(): Backend {
  return lazyBackend("synthetic", loadSynthetic);
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
