import type { PermissionPrompt, PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { plainText } from "../../../host/plain-text.ts";
import { openBrowser } from "../../../host/open-browser.ts";
import { QuestionServer, type PagePreview } from "./question-server.ts";

interface Parts {
  readonly isAvailable: () => boolean;
  /** Shows the page to the person. */
  readonly open: (url: string, question: PromptQuestion) => Promise<void>;
  readonly preview?: PagePreview | undefined;
  /** ms within which the page has to be opened. */
  readonly openWithinMs?: number;
  /** ms after which a page that went away is taken for closed; it may be loading anew. */
  readonly closedAfterMs?: number;
}

/** Asks on a page that this process serves to this machine alone, while the question is open. */
export class PagePrompt implements PermissionPrompt {
  readonly name = "page";
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  isAvailable(): boolean {
    return this.#parts.isAvailable();
  }

  async ask(question: PromptQuestion, signal: AbortSignal): Promise<PromptAnswer | undefined> {
    const { open, preview, openWithinMs = 300_000, closedAfterMs = 3000 } = this.#parts;
    let answered: (answer: PromptAnswer | undefined) => void = () => undefined;
    const answer = new Promise<PromptAnswer | undefined>((resolve) => {
      answered = resolve;
    });
    const giveUp = (): void => answered(undefined);
    let patience = setTimeout(giveUp, openWithinMs);
    let isOpen = true;
    const watched = (pages: number): void => {
      clearTimeout(patience);
      if (pages === 0 && isOpen) patience = setTimeout(giveUp, closedAfterMs);
    };
    const server = new QuestionServer(question, { answered, watched }, preview);
    signal.addEventListener("abort", giveUp);
    try {
      const url = await server.start();
      await open(url, question);
      if (signal.aborted) giveUp();
      return await answer;
    } finally {
      isOpen = false;
      server.close();
      clearTimeout(patience);
      signal.removeEventListener("abort", giveUp);
    }
  }
}

/** Opens the person's browser; where that fails, or is not wanted, says where the page is. */
export async function showPage(
  url: string,
  { application }: PromptQuestion,
  hasBrowser: boolean,
): Promise<void> {
  try {
    if (hasBrowser) return await openBrowser(url);
  } catch {
    // Said in words, then.
  }
  process.stderr.write(`${plainText(application.name)} asks for permission at ${url}\n`);
  return undefined;
}
