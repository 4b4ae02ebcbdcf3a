import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A PulseAudio daemon of the test's own, with one microphone: 440 Hz at half of full scale, in a
 * null sink's monitor that is made a real source. `norewinds=1` makes that sink deliver in time.
 */
export class PulseServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "usermedia-pulse-"));
  #daemon: ChildProcess | undefined;

  static isInstalled(): boolean {
    try {
      execFileSync("pulseaudio", ["--version"]);
      execFileSync("pactl", ["--version"]);
      return true;
    } catch {
      return false;
    }
  }

  /** What a program must have in its environment to find this server and no other. */
  get env(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: this.#folder,
      XDG_RUNTIME_DIR: this.#folder,
      PULSE_RUNTIME_PATH: join(this.#folder, "pulse"),
    };
  }

  async start(): Promise<this> {
    mkdirSync(join(this.#folder, "pulse"), { recursive: true, mode: 0o700 });
    const script = join(this.#folder, "default.pa");
    writeFileSync(script, `${SCRIPT.join("\n")}\n`);
    this.#daemon = spawn(
      "pulseaudio",
      ["-n", "-F", script, "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"],
      { env: this.env, stdio: "ignore" },
    );
    await this.#untilReady();
    return this;
  }

  /** Runs a command of the daemon's: `load-module …`, `set-default-source …` */
  pactl(...args: string[]): string {
    return execFileSync("pactl", args, { env: this.env, encoding: "utf8" }).trim();
  }

  /** Adds a microphone that is silent. Returns what unplugs it. */
  addMicrophone(name: string, description: string): () => void {
    const properties = `device.description='${description}'`;
    const sink = this.pactl(
      "load-module",
      "module-null-sink",
      "norewinds=1",
      `sink_name=${name}_sink`,
    );
    const source = this.pactl(
      "load-module",
      "module-remap-source",
      `source_name=${name}`,
      `master=${name}_sink.monitor`,
      `source_properties=${properties}`,
    );
    return () => {
      this.pactl("unload-module", source);
      this.pactl("unload-module", sink);
    };
  }

  signal(signal: NodeJS.Signals): void {
    this.#daemon?.kill(signal);
  }

  /** Ends the daemon without a word to its clients, as a crash does. */
  async kill(): Promise<void> {
    const daemon = this.#daemon;
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    daemon.kill("SIGKILL");
    await once(daemon, "exit");
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      try {
        this.pactl("info");
        return;
      } catch {
        await delay(50);
      }
    }
    throw new Error("PulseAudio didn't start.");
  }
}

const SCRIPT = [
  "load-module module-native-protocol-unix",
  "load-module module-null-sink sink_name=room norewinds=1 rate=48000 channels=2",
  "load-module module-sine sink=room frequency=440",
  "load-module module-remap-source source_name=mic master=room.monitor source_properties=device.description='Test\\ Microphone'",
  "set-default-source mic",
];
