import { expect, onTestFinished, test } from "vitest";
import { SyntheticBackend } from "../../../src/backends/synthetic/index.ts";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import type { RunningCapture } from "../../../src/permission/contract.ts";
import { createMediaCapture } from "../../../src/world/create-media-capture.ts";
import { program, ScriptedPrompt } from "../permission/fixture.ts";

/** Synthetic devices that stand for a person's, with the real broker. */
function world() {
  const prompt = new ScriptedPrompt();
  const permission = program(undefined, { prompts: [prompt] }).broker();
  const capture = createMediaCapture({
    backends: [new SyntheticBackend({ clock: systemClock, needsPermission: true })],
    permission,
  });
  onTestFinished(() => capture.close());
  const captures: (readonly RunningCapture[])[] = [];
  permission.watchCaptures((running) => captures.push(running));
  return { captures, permission, preview: capture.preview, prompt };
}

const key = "synthetic:camera-1";

test("a preview opens nothing that the person blocks", async () => {
  const { captures, preview, prompt } = world();
  const first = preview.pictures(key, new AbortController().signal)[Symbol.asyncIterator]().next();
  await prompt.answer("block");
  await expect(first).rejects.toMatchObject({ name: "NotAllowedError" });
  expect(captures).toEqual([]);
});

test("a preview is shown as a capture, and ends when it is revoked", async () => {
  const { captures, permission, preview, prompt } = world();
  const pictures = preview.pictures(key, new AbortController().signal)[Symbol.asyncIterator]();
  const first = pictures.next();
  await prompt.answer("once");
  expect((await first).value).toMatchObject({ width: 320 });
  expect(captures.at(-1)).toMatchObject([{ name: "camera", deviceKey: key }]);
  await permission.revoke("camera");
  let { done } = await pictures.next();
  while (done !== true) ({ done } = await pictures.next());
  expect(captures.at(-1)).toEqual([]);
});

test("a preview that is given up while the question is open ends, and opens nothing", async () => {
  const { captures, preview, prompt } = world();
  const controller = new AbortController();
  const levels = preview.levels("synthetic:microphone-1", controller.signal);
  const first = levels[Symbol.asyncIterator]().next();
  await prompt.asked();
  controller.abort();
  expect(await first).toEqual({ done: true, value: undefined });
  expect(captures).toEqual([]);
});
