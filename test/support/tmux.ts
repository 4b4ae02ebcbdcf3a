import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const run = promisify(execFile);

/** Why there can be no terminal here; `undefined` where there can. */
export const noTmuxBecause =
  spawnSync("tmux", ["-V"]).status === 0 ? undefined : "tmux isn't installed";

/** A shell in a pseudo-terminal of its own, which a test types into and reads from. */
export class TmuxTerminal {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  static async open(
    environment: Readonly<Record<string, string>>,
    size: { columns: number; rows: number } = { columns: 80, rows: 24 },
  ): Promise<TmuxTerminal> {
    const terminal = new TmuxTerminal(join(temporaryFolder(), "tmux"));
    const variables = Object.entries(environment).flatMap(([name, value]) => [
      "-e",
      `${name}=${value}`,
    ]);
    const { columns, rows } = size;
    onTestFinished(async () => void (await terminal.#tmux("kill-server").catch(() => undefined)));
    await terminal.#tmux(
      "-f",
      "/dev/null",
      "new-session",
      "-d",
      "-x",
      String(columns),
      "-y",
      String(rows),
      ...variables,
      "env PS1='$ ' bash --norc --noprofile",
    );
    await terminal.shows("$");
    return terminal;
  }

  /** Types a line and Enter. */
  async run(command: string): Promise<void> {
    await this.type(command);
    await this.press("Enter");
  }

  /** Types a text, without Enter. */
  async type(text: string): Promise<void> {
    await this.#tmux("send-keys", "-l", text);
  }

  /** Presses keys, named as tmux does: `"Down"`, `"C-c"`, `"Escape"`, `"a"`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#tmux("send-keys", ...keys);
  }

  async screen(): Promise<string> {
    return (await this.#tmux("capture-pane", "-p")).trimEnd();
  }

  /** The screen's lines as they were written: what the terminal broke is joined again. */
  async lines(): Promise<readonly string[]> {
    const text = await this.#tmux("capture-pane", "-p", "-J");
    return text
      .trimEnd()
      .split("\n")
      .map((line) => line.trimEnd());
  }

  /** The screen with the sequences of its colors and styles. */
  async styled(): Promise<string> {
    return await this.#tmux("capture-pane", "-p", "-e");
  }

  /** The screen once it shows a text; the test's own time limit ends the wait. */
  async shows(text: string | RegExp): Promise<string> {
    for (;;) {
      const screen = await this.screen();
      if (typeof text === "string" ? screen.includes(text) : text.test(screen)) return screen;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async #tmux(...args: readonly string[]): Promise<string> {
    const { stdout } = await run("tmux", ["-S", this.#socket, ...args], {
      env: { ...process.env, LC_ALL: "C.UTF-8", TMUX: "" },
    });
    return stdout;
  }
}
