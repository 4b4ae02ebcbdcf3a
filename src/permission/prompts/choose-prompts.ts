import type { PermissionPrompt } from "./permission-prompt.ts";
import { TerminalPrompt } from "./terminal/terminal-prompt.ts";

/**
 * The ways to ask that `USERMEDIA_PROMPT` allows: `terminal`, `page`, `none`, or `auto` (the
 * default): the terminal, else the page.
 */
export function choosePrompts(environment: NodeJS.ProcessEnv): readonly PermissionPrompt[] {
  switch (environment["USERMEDIA_PROMPT"] ?? "auto") {
    case "none":
      return [];
    default:
      return [new TerminalPrompt()];
  }
}
