import { join } from "node:path";
import { hasDesktop } from "../../host/has-desktop.ts";
import type { PagePreview } from "./page/question-server.ts";
import type { PermissionPrompt } from "./permission-prompt.ts";
import { hasTerminal, terminalName } from "./terminal/has-terminal.ts";

interface PromptOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly preview: PagePreview | undefined;
  /** Where the programs of this user find each other's locks; `undefined` where they can't. */
  readonly runtimeFolder: () => string | undefined;
}

/**
 * The ways to ask that `USERMEDIA_PROMPT` allows: `terminal`, `page`, `none`, or `auto` (the
 * default): the terminal, else the page where somebody sits at a desktop. Their code is loaded when
 * somebody is asked: most runs of a program ask nothing.
 *
 * @returns a text that says what is wrong with another value.
 */
export function choosePrompts({
  environment,
  preview,
  runtimeFolder,
}: PromptOptions): readonly PermissionPrompt[] | string {
  const terminal: PermissionPrompt = {
    name: "terminal",
    isAvailable: hasTerminal,
    ask: async (...asked) => {
      const { TerminalPrompt } = await import("./terminal/terminal-prompt.ts");
      return new TerminalPrompt({ lockFile: () => lockIn(runtimeFolder()) }).ask(...asked);
    },
  };
  const page = (isAvailable: () => boolean): PermissionPrompt => ({
    name: "page",
    isAvailable,
    ask: async (...asked) => {
      const { PagePrompt, showPage } = await import("./page/page-prompt.ts");
      const prompt = new PagePrompt({
        isAvailable,
        open: (url, question) => showPage(url, question, hasDesktop(environment)),
        preview,
      });
      return prompt.ask(...asked);
    },
  });
  const way = environment["USERMEDIA_PROMPT"] ?? "auto";
  switch (way) {
    case "none":
      return [];
    case "terminal":
      return [terminal];
    case "page":
      return [page(() => true)];
    case "auto":
    case "":
      return [terminal, page(() => hasDesktop(environment))];
    default:
      return `USERMEDIA_PROMPT is ${JSON.stringify(way)}; write auto, terminal, page or none`;
  }
}

/** One for each terminal; without a folder for it, programs may ask at the same time. */
function lockIn(folder: string | undefined): string | undefined {
  const name = terminalName();
  if (folder === undefined || name === undefined) return undefined;
  return join(folder, `terminal-${name}.lock`);
}
