import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, runCommand } from "../support/run-command.ts";
import { missingCommands } from "../support/sound-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { noTmuxBecause, TmuxTerminal } from "../support/tmux.ts";

/** How each shell starts without a person's own settings, and takes the script. */
const SHELLS = {
  bash: ["bash --norc --noprofile", "source <(usermedia completion bash)"],
  zsh: ["zsh -f", "autoload -Uz compinit && compinit -u && source <(usermedia completion zsh)"],
  fish: ["fish --no-config", "usermedia completion fish | source"],
} as const;

/** A shell that knows the completion, in a folder with a command `usermedia` on its path. */
async function opened(
  shell: keyof typeof SHELLS,
  environment: (folder: string) => Record<string, string> = () => ({}),
): Promise<{ folder: string; terminal: TmuxTerminal }> {
  const folder = temporaryFolder();
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "usermedia"), `#!/bin/sh\nexec ${process.execPath} ${COMMAND} "$@"\n`, {
    mode: 0o755,
  });
  const terminal = await TmuxTerminal.open(
    {
      HOME: folder,
      // What a shell writes when it ends would be written into a folder that is being removed.
      HISTFILE: "/dev/null",
      fish_history: "",
      USERMEDIA_BACKENDS: "synthetic",
      USERMEDIA_CONFIG_DIR: folder,
      ...environment(folder),
    },
    { columns: 120, rows: 30 },
  );
  const [start, load] = SHELLS[shell];
  await terminal.run(`cd ${folder}; PATH=${bin}:$PATH ${start}`);
  await terminal.run(`${load}; clear; echo loaded`);
  await terminal.shows(/^loaded$/m);
  return { folder, terminal };
}

let lines = 0;

/** Takes the line that was typed away, and clears the screen. */
async function next(terminal: TmuxTerminal): Promise<void> {
  lines += 1;
  await terminal.press("C-u");
  await terminal.run(`clear; echo line ${lines}`);
  await terminal.shows(new RegExp(`^line ${lines}$`, "m"));
}

describe.each(["bash", "zsh", "fish"] as const)("completion in %s", (shell) => {
  it.skipIf(noTmuxBecause !== undefined || missingCommands(shell) !== undefined)(
    "completes commands, options, their values, devices and files",
    async () => {
      const { folder, terminal } = await opened(shell);
      writeFileSync(join(folder, "my-old-file.webm"), "");
      const completes = async (typed: string, shown: string | RegExp): Promise<void> => {
        await terminal.type(typed);
        // A second time lists what may follow, where there are several.
        await terminal.press("Tab");
        if (typed.endsWith("-")) await terminal.press("Tab");
        expect(await terminal.shows(shown)).toContain(typed);
        await next(terminal);
      };
      await completes("usermedia devi", /usermedia devices$/m);
      await completes("usermedia permission gra", "usermedia permission grant");
      await completes("usermedia permission grant cam", "usermedia permission grant camera");
      await completes("usermedia record --dur", "usermedia record --duration");
      await completes("usermedia record --format we", /--format web/);
      await completes("usermedia record --no-audio my", "--no-audio my-old-file.webm");
      await completes("usermedia permission grant camera --device synthetic:camera-", /camera-1\b/);
      await completes("usermedia record --video synthetic:c", "--video synthetic:camera-");
      await completes("usermedia completion f", "usermedia completion fish");
    },
  );

  it.skipIf(noTmuxBecause !== undefined || missingCommands(shell) !== undefined)(
    "runs nothing that the name of a device holds",
    async () => {
      const { folder, terminal } = await opened(shell, (folder) => ({
        USERMEDIA_BACKENDS: "file",
        USERMEDIA_FILES: join(folder, "devices"),
      }));
      mkdirSync(join(folder, "devices"));
      const name = "$(touch evil)`touch evil`;touch evil.wav";
      const recorded = await runCommand(
        ["record", "--audio", "synthetic", "--duration", "1s", join("devices", name)],
        folder,
        { USERMEDIA_BACKENDS: "synthetic" },
      );
      expect(recorded.code).toBe(0);
      await terminal.type("usermedia record --audio file:");
      await terminal.press("Tab");
      await terminal.shows("touch");
      await next(terminal);
      await terminal.type("usermedia permission grant microphone --device file:");
      await terminal.press("Tab");
      await terminal.shows("touch");
      // What was completed is quoted: the command has the name, and the shell has run nothing.
      await terminal.press("Enter");
      await terminal.shows("Granted microphone with");
      expect(existsSync(join(folder, "evil"))).toBe(false);
    },
  );
});
