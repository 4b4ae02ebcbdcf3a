import { execFileSync } from "node:child_process";
import { PulseServer } from "../support/pulse-server.ts";
import { XServer } from "../support/x-server.ts";
import { missingCommands } from "../support/sound-server.ts";

/** A screen and a sound card of the test's own, for a browser that has a window. */
export class Desktop {
  readonly #screen: XServer;
  readonly #sound: PulseServer;

  private constructor(screen: XServer, sound: PulseServer) {
    this.#screen = screen;
    this.#sound = sound;
  }

  /** Why there can be none on this machine. */
  static missing(): string | undefined {
    return missingCommands("Xvfb", "xdotool", "pulseaudio", "pactl");
  }

  static async start(): Promise<Desktop> {
    const screen = await XServer.start("1280x1024");
    return new Desktop(screen, await new PulseServer().start());
  }

  get env(): Record<string, string> {
    const { display } = this.#screen;
    return { ...this.#sound.env, DISPLAY: display, WAYLAND_DISPLAY: "" };
  }

  /** Presses keys, one chord after the other, such as `alt+shift+a`. */
  press(...chords: string[]): void {
    const env = { ...process.env, ...this.env };
    execFileSync(
      "xdotool",
      chords.flatMap((chord) => ["key", chord]),
      { env },
    );
  }

  async close(): Promise<void> {
    await this.#screen.stop();
    await this.#sound.close();
  }
}
