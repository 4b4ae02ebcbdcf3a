import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { Hearing } from "./hearing.ts";

/** A sound server of the test's own, spoken to by `pactl`. */
export abstract class SoundServer {
  protected readonly folder = mkdtempSync(join(tmpdir(), "usermedia-sound-"));
  #processes: ChildProcess[] = [];

  /** What a program must have in its environment to find this server and no other. */
  get env(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: this.folder,
      XDG_RUNTIME_DIR: this.folder,
      PULSE_RUNTIME_PATH: join(this.folder, "pulse"),
    };
  }

  abstract start(): Promise<this>;

  pactl(...args: string[]): string {
    return execFileSync("pactl", args, { env: this.env, encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** Adds a microphone that is silent. Returns what unplugs it. */
  addMicrophone(name: string, description: string): () => void {
    const sink = this.loadSink(`${name}_sink`);
    const source = this.loadSource(name, `${name}_sink.monitor`, description);
    return () => {
      this.pactl("unload-module", source);
      this.pactl("unload-module", sink);
    };
  }

  /** Ends the tone of `mic`, which the server would move to a new default sink. */
  abstract endTone(): void;

  /** Adds `speaker`, the default sink. */
  addSpeaker(): void {
    this.endTone();
    this.loadSink("speaker");
    this.pactl("set-default-sink", "speaker");
  }

  /**
   * Adds a microphone that hears what is played into `speaker`, later by so much, and what is
   * played into `NAME-room`.
   */
  addEchoingMicrophone(name: string, delayMs: number): void {
    const room = `${name}-room`;
    this.loadSink(room);
    this.loadSource(name, `${room}.monitor`, "Echoing Microphone");
    const path = ["source=speaker.monitor", `sink=${room}`, `latency_msec=${delayMs}`];
    const fixed = ["source_dont_move=1", "sink_dont_move=1"];
    this.pactl("load-module", "module-loopback", ...path, ...fixed);
  }

  /**
   * Adds an output of one channel at 48 kHz, whose monitor hears what is played.
   * @returns what unplugs it
   */
  addOutput(name: string, description = name, group = ""): () => void {
    const properties = `device.description="${description}"${group && ` device.bus_path=${group}`}`;
    const shape = ["rate=48000", "channels=1", "norewinds=1"];
    const module = this.pactl(
      "load-module",
      "module-null-sink",
      `sink_name=${name}`,
      `sink_properties='${properties}'`,
      ...shape,
    );
    return () => void this.pactl("unload-module", module);
  }

  /** Adds a microphone on the same piece of hardware as an output: it hears that one. */
  addMicrophoneOf(output: string, description: string, group: string): void {
    const properties = `device.description="${description}" device.bus_path=${group}`;
    const names = [`source_name=${output}-mic`, `master=${output}.monitor`];
    this.pactl("load-module", "module-remap-source", ...names, `source_properties='${properties}'`);
  }

  /** Records what is played into an output, 16 bits, mono, 48 kHz. */
  async hear(output: string): Promise<Hearing> {
    const format = ["--raw", "--format=s16le", "--rate=48000", "--channels=1"];
    const child = this.run("parec", `--device=${output}.monitor`, "--latency-msec=10", ...format);
    const hearing = new Hearing(child);
    await hearing.until(() => hearing.samples.length > 0);
    return hearing;
  }

  signal(signal: NodeJS.Signals): void {
    for (const child of this.#processes) child.kill(signal);
  }

  /** Ends the server without a word to its clients, as a crash does. */
  async kill(): Promise<void> {
    for (const child of this.#processes.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected run(command: string, ...args: string[]): ChildProcess {
    mkdirSync(join(this.folder, "pulse"), { recursive: true, mode: 0o700 });
    const child = spawn(command, args, { env: this.env, stdio: ["pipe", "pipe", "ignore"] });
    if (command !== "parec") child.stdout.resume();
    this.#processes.push(child);
    // Also when the test that started it fails before it could close it.
    const kill = (): void => void child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    return child;
  }

  /** `norewinds=1` makes PulseAudio's null sink deliver in time, not every two seconds. */
  protected loadSink(name: string): string {
    return this.pactl("load-module", "module-null-sink", "norewinds=1", `sink_name=${name}`);
  }

  protected loadSource(name: string, master: string, description: string): string {
    const properties = `source_properties='device.description="${description}"'`;
    const names = [`source_name=${name}`, `master=${master}`];
    return this.pactl("load-module", "module-remap-source", ...names, properties);
  }

  protected async untilReady(isReady: () => boolean): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      try {
        if (isReady()) return;
      } catch {
        // Not there yet.
      }
      await delay(50);
    }
    throw new Error("The sound server didn't start.");
  }
}

/** The reason why a test that needs these commands can't run here, if there is one. */
export function missingCommands(...commands: string[]): string | undefined {
  const missing = commands.filter((command) => {
    try {
      execFileSync("sh", ["-c", `command -v ${command}`]);
      return false;
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `not installed here: ${missing.join(", ")}`;
}
