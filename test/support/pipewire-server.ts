import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { missingCommands, SoundServer } from "./sound-server.ts";

const RATE = 48_000;
/**
 * Who asks for a low latency would have the server run every 5 ms, which it misses again and again
 * where it may not run in real time, as here; each miss moves the sound in time.
 */
const QUANTUM = "context.properties = { default.clock.min-quantum = 512 }\n";

/**
 * PipeWire with its PulseAudio server, of the test's own, with one microphone, `mic`: the monitor
 * of a null sink that plays 440 Hz, made a real source.
 */
export class PipeWireServer extends SoundServer {
  #player: ChildProcess | undefined;

  static missing(): string | undefined {
    const own = ["pipewire", "pipewire-pulse", "wireplumber", "dbus-daemon"];
    return missingCommands(...own, "pactl", "pacat");
  }

  override get env(): Record<string, string> {
    return {
      ...super.env,
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(this.folder, "bus")}`,
      PIPEWIRE_RUNTIME_DIR: this.folder,
      XDG_STATE_HOME: join(this.folder, "state"),
      XDG_CONFIG_HOME: join(this.folder, "config"),
    };
  }

  async start(): Promise<this> {
    mkdirSync(join(this.folder, "state"), { recursive: true });
    const settings = join(this.folder, "config", "pipewire", "pipewire.conf.d");
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, "quantum.conf"), QUANTUM);
    const bus = `--address=${this.env["DBUS_SESSION_BUS_ADDRESS"] ?? ""}`;
    this.run("dbus-daemon", "--session", "--nofork", "--nopidfile", bus);
    this.run("pipewire");
    this.run("wireplumber");
    this.run("pipewire-pulse");
    await this.untilReady(() => this.pactl("info") !== "");
    this.loadSink("room");
    this.loadSource("mic", "room.monitor", "Test Microphone");
    await this.untilReady(() => this.pactl("list", "short", "sources").includes("mic"));
    this.pactl("set-default-source", "mic");
    this.#playTone();
    return this;
  }

  override endTone(): void {
    this.#player?.kill();
  }

  /** One second of 440 Hz holds whole waves, so that it can be repeated without a step. */
  #playTone(): void {
    const second = new Int16Array(RATE * 2);
    for (let n = 0; n < second.length; n += 1) {
      second[n] = 16_384 * Math.sin((2 * Math.PI * 440 * Math.floor(n / 2)) / RATE);
    }
    const bytes = Buffer.from(second.buffer);
    const format = ["--raw", "--format=s16le", `--rate=${RATE}`, "--channels=2"];
    this.#player = this.run("pacat", "--device=room", ...format);
    const { stdin } = this.#player;
    stdin?.on("error", () => undefined);
    const feed = (): void => {
      if (stdin?.writable === true && stdin.write(bytes)) feed();
    };
    stdin?.on("drain", feed);
    feed();
  }
}
