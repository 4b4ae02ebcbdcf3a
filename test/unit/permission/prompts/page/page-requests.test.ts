import { expect, onTestFinished, test } from "vitest";
import { kindList } from "../../../../../src/permission/prompts/kind-words.ts";
import { QuestionServer } from "../../../../../src/permission/prompts/page/question-server.ts";
import type { PromptAnswer } from "../../../../../src/permission/prompts/permission-prompt.ts";
import { pageClient } from "../../../../support/page-client.ts";

// What any of our pages is asked by others is in test/unit/loopback/.

const question = {
  application: { name: "recorder", path: "/srv/main.js" } as { name: string; path: string },
  canRemember: false,
  kinds: [
    { name: "camera", reason: undefined, devices: [{ key: "v4l2:secret-key", label: "Desk" }] },
  ],
} as const;

async function served(application = question.application) {
  const answers: (PromptAnswer | undefined)[] = [];
  const server = new QuestionServer(
    { ...question, application },
    { answered: (answer) => void answers.push(answer), watched: () => undefined },
    undefined,
  );
  onTestFinished(() => server.close());
  return { ...pageClient(await server.start()), answers };
}

const allow = '{"choice":"once","devices":{}}';

test("the page's own answer is taken", async () => {
  const { ask, login, answers } = await served();
  const headers = await login();
  expect((await ask("/answer", { method: "POST", body: allow, headers })).status).toBe(204);
  expect(answers).toEqual([{ choice: "once", devices: {} }]);
});

test("device keys stay with the program", async () => {
  const { ask, login } = await served();
  const { text } = await ask("/question", { headers: await login() });
  expect(text).toContain("Desk");
  expect(text).not.toContain("secret-key");
});

test("names that would turn the question's writing around, or push it away, are shown as text", async () => {
  const { ask, login } = await served({ name: "rec\u202E   order", path: "/srv/\u2066main.js" });
  const { text } = await ask("/question", { headers: await login() });
  expect(JSON.parse(text)).toMatchObject({
    name: "rec\\u{202e} order",
    path: "/srv/\\u{2066}main.js",
  });
});

test.each([
  "",
  "{",
  "null",
  '{"choice":"granted","devices":{}}',
  '{"choice":"once"}',
  '{"choice":"once","devices":{"camera":7}}',
  '{"choice":"once","devices":{"printer":0}}',
  '{"choice":"once","devices":{},"extra":1}',
  '{"choice":"always","devices":{}}',
])("the answer %s is refused, and the question stays open", async (body) => {
  const { ask, login, answers } = await served();
  const headers = await login();
  expect((await ask("/answer", { method: "POST", body, headers })).status).toBe(400);
  expect(answers).toEqual([]);
  expect((await ask("/answer", { method: "POST", body: allow, headers })).status).toBe(204);
});

test("the page is told what is asked for in a person's words, the sound of a screen too", async () => {
  const { ask, login } = await served();
  const headers = await login();
  const { text } = await ask("/question", { headers });
  expect(JSON.parse(text)).toMatchObject({ asksFor: "camera" });
  const screen = { name: "display-capture", withSound: true } as const;
  expect(kindList([{ name: "microphone" }, screen])).toBe("microphone and screen with its sound");
});
