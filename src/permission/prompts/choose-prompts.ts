import { hasDesktop } from "../../loopback/open-browser.ts";
import { PagePrompt, showPage } from "./page/page-prompt.ts";
import type { PreviewProvider } from "./page/preview-provider.ts";
import type { PermissionPrompt } from "./permission-prompt.ts";
import { TerminalPrompt } from "./terminal/terminal-prompt.ts";

/**
 * The ways to ask that `USERMEDIA_PROMPT` allows: `terminal`, `page`, `none`, or `auto` (the
 * default): the terminal, else the page where somebody sits at a desktop.
 *
 * @returns a text that says what is wrong with another value.
 */
export function choosePrompts(
  environment: NodeJS.ProcessEnv,
  preview: PreviewProvider | undefined,
): readonly PermissionPrompt[] | string {
  const page = (isAvailable: () => boolean): PermissionPrompt =>
    new PagePrompt({
      isAvailable,
      open: (url, question) => showPage(url, question, hasDesktop(environment)),
      preview,
    });
  const way = environment["USERMEDIA_PROMPT"] ?? "auto";
  switch (way) {
    case "none":
      return [];
    case "terminal":
      return [new TerminalPrompt()];
    case "page":
      return [page(() => true)];
    case "auto":
    case "":
      return [new TerminalPrompt(), page(() => hasDesktop(environment))];
    default:
      return `USERMEDIA_PROMPT is ${JSON.stringify(way)}; write auto, terminal, page or none`;
  }
}
