import type { RunningCapture } from "../contract.ts";
import { plainText } from "../../host/plain-text.ts";

const saveTitle = "\u001B[22;2t";
const restoreTitle = "\u001B[23;2t";

/**
 * Shows on a terminal what is captured: in its title (`"title"`), or as a line for each change
 * (`"line"`), as `USERMEDIA_INDICATOR` says. Anything else shows nothing.
 */
export function terminalIndicator(
  style: string | undefined,
  terminal: { readonly isTTY?: boolean; write(text: string): unknown },
): (captures: readonly RunningCapture[]) => void {
  if (terminal.isTTY !== true || (style !== "title" && style !== "line")) return () => undefined;
  let isShown = false;
  const restore = (): void => {
    isShown = false;
    process.off("exit", restore);
    terminal.write(restoreTitle);
  };
  return (captures) => {
    const text = summary(captures);
    if (style === "line") {
      terminal.write(text === "" ? "○ usermedia: capture ended\n" : `● usermedia: ${text}\n`);
    } else if (text === "") {
      if (isShown) restore();
    } else {
      if (!isShown) terminal.write(saveTitle);
      if (!isShown) process.once("exit", restore);
      isShown = true;
      terminal.write(`\u001B]2;● ${text}\u0007`);
    }
  };
}

function summary(captures: readonly RunningCapture[]): string {
  return captures.map(({ name, label }) => `${name} (${plainText(label)})`).join(", ");
}
