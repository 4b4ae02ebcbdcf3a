import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { ScriptedPortal } from "./scripted-portal.ts";
import { missingCommands } from "./sound-server.ts";

const PORTAL = "/usr/libexec/xdg-desktop-portal";
const PERMISSIONS = "org.freedesktop.impl.portal.PermissionStore";
const SERVICE = `/usr/share/dbus-1/services/${PERMISSIONS}.service`;

/** Programs of a desktop, by what they are called here. */
type Part = "dbus" | "pipewire" | "wireplumber" | "mutter" | "terminal" | "portal";

/**
 * A GNOME desktop without a display: its real compositor (mutter), PipeWire and portal, of the test's
 * own. One colour fills the screen. The person at its dialog is {@link ScriptedPortal}.
 */
export class WaylandDesktop {
  readonly portal: ScriptedPortal;
  readonly #folder: string;
  readonly #processes: ReadonlyMap<Part, ChildProcess>;

  private constructor(
    folder: string,
    processes: ReadonlyMap<Part, ChildProcess>,
    portal: ScriptedPortal,
  ) {
    this.#folder = folder;
    this.#processes = processes;
    this.portal = portal;
  }

  /** Why a test that needs it can't run here, if there is a reason. */
  static missing(): string | undefined {
    const commands = ["mutter", "pipewire", "wireplumber", "dbus-daemon", "foot", "gdbus"];
    const missing = missingCommands(...commands);
    if (missing !== undefined) return missing;
    return existsSync(PORTAL) ? undefined : "not installed here: xdg-desktop-portal";
  }

  /** @param color of its screen, six hexadecimal digits */
  static async start(color = "2060c0", size = "1280x720"): Promise<WaylandDesktop> {
    const folder = mkdtempSync(join(tmpdir(), "usermedia-desktop-"));
    const parts = new Map<Part, ChildProcess>();
    const run = (part: Part, env: NodeJS.ProcessEnv, command: string, ...args: string[]): void => {
      const child = spawn(command, args, { env, stdio: "ignore", detached: true });
      process.once("exit", () => child.kill("SIGKILL"));
      parts.set(part, child);
    };
    const env = environmentOf(folder);
    writeConfiguration(folder);
    run("dbus", env, "dbus-daemon", "--nofork", "--nopidfile", `--config-file=${folder}/bus.conf`);
    await untilThere(join(folder, "run", "bus"));
    run("pipewire", env, "pipewire");
    await untilThere(join(folder, "run", "pipewire-0"));
    run("wireplumber", env, "wireplumber");
    const screen = ["--headless", "--wayland", "--no-x11", "--virtual-monitor", size];
    run("mutter", env, "mutter", ...screen);
    await untilOwned(env, "org.gnome.Mutter.ScreenCast");
    await untilThere(join(folder, "run", "wayland-0"));
    const inside = { ...env, WAYLAND_DISPLAY: "wayland-0" };
    const options = ["-o", `colors.background=${color}`, "-o", `colors.foreground=${color}`];
    const still = ["sh", "-c", "printf '\\033[?25l'; exec sleep 1000000"];
    run("terminal", inside, "foot", "--fullscreen", ...options, ...still);
    const portal = await ScriptedPortal.start(env["DBUS_SESSION_BUS_ADDRESS"] ?? "");
    run("portal", { ...env, XDG_DESKTOP_PORTAL_DIR: join(folder, "portals") }, PORTAL);
    await untilOwned(env, "org.freedesktop.portal.Desktop");
    return new WaylandDesktop(folder, parts, portal);
  }

  /** What a program inside the desktop has in its environment. */
  get env(): NodeJS.ProcessEnv {
    return { ...environmentOf(this.#folder), WAYLAND_DISPLAY: "wayland-0" };
  }

  kill(part: Part): void {
    this.#processes.get(part)?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.portal.close();
    for (const child of [...this.#processes.values()].toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    // What the bus started by itself ends with it; a folder that is mounted can't be removed.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function environmentOf(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, "home");
  return {
    PATH: `${process.env["PATH"] ?? ""}:/usr/bin:/usr/libexec`,
    HOME: home,
    LANG: "C.UTF-8",
    XDG_RUNTIME_DIR: join(folder, "run"),
    XDG_CONFIG_HOME: join(folder, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_STATE_HOME: join(home, "state"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_SESSION_TYPE: "wayland",
    XDG_CURRENT_DESKTOP: "GNOME",
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, "run", "bus")}`,
    GSETTINGS_BACKEND: "memory",
    LIBGL_ALWAYS_SOFTWARE: "1",
    NO_AT_BRIDGE: "1",
  };
}

/** A bus that starts nothing by name but the portal's store, and a portal with our dialog alone. */
function writeConfiguration(folder: string): void {
  mkdirSync(join(folder, "run"), { mode: 0o700 });
  for (const name of ["home", "services", "portals", "config/xdg-desktop-portal"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  if (existsSync(SERVICE)) {
    const service = join(folder, "services", `${PERMISSIONS}.service`);
    cpSync(SERVICE, service);
    const text = readFileSync(service, "utf8").replace(/^SystemdService.*\n?/m, "");
    writeFileSync(service, text);
  }
  writeFileSync(
    join(folder, "bus.conf"),
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${folder}/run/bus</listen>
<servicedir>${folder}/services</servicedir><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  );
  writeFileSync(
    join(folder, "portals", "test.portal"),
    "[portal]\nDBusName=org.freedesktop.impl.portal.desktop.test\n" +
      "Interfaces=org.freedesktop.impl.portal.ScreenCast;\nUseIn=GNOME\n",
  );
  writeFileSync(
    join(folder, "config", "xdg-desktop-portal", "portals.conf"),
    "[preferred]\ndefault=test\n",
  );
}

async function untilThere(path: string): Promise<void> {
  for (let attempt = 0; attempt < 400 && !existsSync(path); attempt += 1) await delay(50);
  if (!existsSync(path)) throw new Error(`The desktop has no ${path}.`);
}

/** Not synchronously: the portal asks our own dialog what it can before it is there. */
async function untilOwned(env: NodeJS.ProcessEnv, name: string): Promise<void> {
  await promisify(execFile)("gdbus", ["wait", "--session", "--timeout", "30", name], { env });
}
