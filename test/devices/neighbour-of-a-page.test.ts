import { once } from "node:events";
import { createServer } from "node:http";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { PagePrompt } from "../../src/permission/prompts/page/page-prompt.ts";
import type { PromptAnswer } from "../../src/permission/prompts/permission-prompt.ts";
import { noChromiumBecause, openChromium } from "../support/chromium.ts";
import { pageClient } from "../support/page-client.ts";
import { RunningCommand } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

// Ports of one host share their cookies, and a browser sends them to each.

beforeEach((context) => {
  if (noChromiumBecause !== undefined) context.skip(noChromiumBecause);
});

/** A server on another port of this machine, which keeps what the browser sends it. */
async function neighbour() {
  let cookie = "";
  const server = createServer((request, response) => {
    cookie += request.headers.cookie ?? "";
    response.setHeader("content-type", "text/html").end("<title>neighbour</title>");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/`, cookie: () => cookie };
}

/** What the neighbour gets out of a page of ours that is open in the same browser. */
async function attack(url: string, paths: { read: readonly string[]; post: string; body: string }) {
  const browser = await openChromium();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("button").first().waitFor();
  const { url: nextDoor, cookie } = await neighbour();
  const other = await context.newPage();
  await other.goto(nextDoor);
  const { ask, origin } = pageClient(url);
  const post = {
    method: "POST",
    body: paths.body,
    headers: { origin, cookie: cookie(), "content-type": "application/json" },
  };
  const statuses = [(await ask(paths.post, post)).status];
  for (const path of paths.read) {
    statuses.push((await ask(path, { headers: { cookie: cookie() } })).status);
  }
  const inBrowser = await other.evaluate(
    async ([origin, path]) =>
      await fetch(`${origin}${path}`, { credentials: "include" }).then(
        ({ status }) => status,
        () => "blocked",
      ),
    [origin, paths.read[0]] as const,
  );
  return { cookies: await context.cookies(), inBrowser, page, statuses };
}

test("a server on another port can neither see the prompt's question and preview nor answer it", async () => {
  let answer: Promise<PromptAnswer | undefined> = Promise.resolve(undefined);
  const previewed: string[] = [];
  const url = await new Promise<string>((resolve) => {
    const prompt = new PagePrompt({
      isAvailable: () => true,
      open: async (url) => resolve(url),
      preview: {
        provider: { pictures: () => expect.unreachable(), levels: () => expect.unreachable() },
        started:
          ({ label }) =>
          () =>
            void previewed.push(label),
      },
    });
    const kinds = [
      { name: "camera", reason: undefined, devices: [{ key: "a", label: "Desk" }] },
    ] as const;
    const question = { application: { name: "app", path: "/app.js" }, kinds, canRemember: true };
    answer = prompt.ask(question, new AbortController().signal);
  });
  const { cookies, inBrowser, page, statuses } = await attack(url, {
    read: ["/question", "/events", "/preview/camera/0"],
    post: "/answer",
    body: '{"choice":"always","devices":{}}',
  });
  expect([statuses, inBrowser]).toEqual([[403, 403, 403, 403], "blocked"]);
  expect(previewed).toEqual([]);
  expect(cookies).toEqual([]);
  await page.getByRole("button", { name: "Block" }).click();
  expect(await answer).toMatchObject({ choice: "block" });
});

test("a server on another port can neither watch nor work a preview", async () => {
  const folder = temporaryFolder();
  const env = { USERMEDIA_BACKENDS: "synthetic" };
  const command = new RunningCommand(["preview", "--no-browser"], folder, env);
  await command.untilSaid("Ctrl-C");
  const [url = ""] = /http:\S+[0-9a-f]{64}/u.exec(command.err) ?? [];
  const { cookies, inBrowser, page, statuses } = await attack(url, {
    read: ["/pictures", "/events", "/levels"],
    post: "/do",
    body: '{"action":"record"}',
  });
  expect([statuses, inBrowser]).toEqual([[403, 403, 403, 403], "blocked"]);
  expect(cookies).toEqual([]);
  expect(await page.getByText(/^REC/u).isVisible()).toBe(false);
  command.child.kill("SIGINT");
  await command.ended;
});
