import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** What a program prints that makes the mistake and doesn't catch it. */
function printed(mistake: string): string {
  const program = `import * as usermedia from "./dist/entries/index.js"; ${mistake}`;
  const args = ["--input-type=module", "--eval", program];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stderr;
}

const mistakes = {
  "a recorder without a stream": "new usermedia.MediaRecorder();",
  "a call without callbacks": "usermedia.navigator.getUserMedia({ video: true });",
  "a call without constraints": "await usermedia.navigator.mediaDevices.getUserMedia();",
  "a reader without a track": "usermedia.frames();",
  "a capture without backends": "usermedia.createMediaCapture();",
};

test.each(Object.entries(mistakes))("%s that isn't caught prints less than 2 kB", (_, mistake) => {
  const text = printed(mistake);
  expect(text).toContain("TypeError: ");
  expect(text.length).toBeLessThan(2000);
});
