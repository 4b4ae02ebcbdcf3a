import { Argument, type Command } from "commander";

import { candidates } from "../completion/candidates.ts";
import { completionScripts, isShell, shells } from "../completion/scripts.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

export function addCompletionCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("completion")
    .description("Print a script that completes this command's words in a shell")
    .addArgument(new Argument("<shell>", "The shell").choices([...shells]))
    .action((shell: string) => {
      if (isShell(shell)) terminal.out.write(completionScripts[shell]);
    });
  addExamples(command, terminal, [
    "usermedia completion bash >> ~/.bashrc",
    "usermedia completion zsh >> ~/.zshrc",
    "usermedia completion fish > ~/.config/fish/completions/usermedia.fish",
  ]);
  program
    .command("complete", { hidden: true })
    .description("Print what may follow words, for the scripts of `usermedia completion`")
    .argument("[words...]", "What was typed after the command's name; the last is completed")
    .action(async (words: string[]) => {
      for (const line of await candidates(program, words)) terminal.out.write(`${line}\n`);
    });
}
