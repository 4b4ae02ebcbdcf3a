import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** An X server of its own, with a screen of this size and nothing on it. */
export class XServer {
  readonly display: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, display: string) {
    this.#process = process;
    this.display = display;
  }

  static async start(size = "640x480"): Promise<XServer> {
    // It takes the first display that is free and tells its number on the descriptor, when ready.
    const server = spawn(
      "Xvfb",
      ["-displayfd", "3", "-noreset", "-nolisten", "tcp", "-screen", "0", `${size}x24`],
      { stdio: ["ignore", "ignore", "ignore", "pipe"] },
    );
    const [number] = (await once(server.stdio[3] as Readable, "data")) as [Buffer];
    return new XServer(server, `:${number.toString().trim()}`);
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, DISPLAY: this.display, WAYLAND_DISPLAY: "" };
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
  }
}
