import { request } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { kindList } from "../../../src/permission/prompts/kind-words.ts";
import { QuestionServer } from "../../../src/permission/prompts/page/question-server.ts";
import type { PromptAnswer } from "../../../src/permission/prompts/permission-prompt.ts";

const question = {
  application: { name: "recorder", path: "/srv/main.js" },
  canRemember: false,
  kinds: [
    { name: "camera", reason: undefined, devices: [{ key: "v4l2:secret-key", label: "Desk" }] },
  ],
} as const;

async function served() {
  const answers: (PromptAnswer | undefined)[] = [];
  const events = {
    answered: (answer?: PromptAnswer) => answers.push(answer),
    watched: () => undefined,
  };
  const server = new QuestionServer(
    question,
    { ...events, answered: (a) => void events.answered(a) },
    undefined,
  );
  onTestFinished(() => server.close());
  const { pathname, host, port, origin } = new URL(await server.start());
  const ask = async (path: string, options: Asked = {}) => {
    const { method = "GET", body, headers = {} } = options;
    const call = request({ host: "127.0.0.1", port, path, method, headers: { host, ...headers } });
    call.end(body);
    const [response] = await once(call, "response");
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    return { status: Number(response.statusCode), text, headers: response.headers };
  };
  /** What the page itself sends. */
  const login = async () => {
    const [cookie] = (await ask(pathname)).headers["set-cookie"];
    return {
      cookie: String(cookie).split(";")[0] ?? "",
      origin,
      "content-type": "application/json",
    };
  };
  return { ask, login, answers, pathname, host, port: Number(port), origin };
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

const allow = '{"choice":"once","devices":{}}';

test("it listens on this machine alone, and its address opens once", async () => {
  const { ask, pathname, host } = await served();
  expect(host).toMatch(/^127\.0\.0\.1:/u);
  expect(pathname).toMatch(/^\/open\/[0-9a-f]{64}$/u);
  const first = await ask(pathname);
  expect(first.status).toBe(200);
  expect(first.headers["set-cookie"]?.[0]).toMatch(/HttpOnly; SameSite=Strict/u);
  expect(first.headers["content-security-policy"]).toMatch(
    /default-src 'none'.*frame-ancestors 'none'/u,
  );
  expect((await ask(pathname)).status).toBe(403);
});

test("the page's own answer is taken", async () => {
  const { ask, login, answers } = await served();
  const headers = await login();
  expect((await ask("/answer", { method: "POST", body: allow, headers })).status).toBe(204);
  expect(answers).toEqual([{ choice: "once", devices: {} }]);
});

test("device keys stay with the program", async () => {
  const { ask, login } = await served();
  const { text } = await ask("/question", { headers: { cookie: (await login()).cookie } });
  expect(text).toContain("Desk");
  expect(text).not.toContain("secret-key");
});

test.each(["/", "/question", "/events", "/page.js", "/preview/camera/0", "/answer"])(
  "%s is refused without the session",
  async (path) => {
    const { ask, login } = await served();
    await login();
    expect((await ask(path)).status).toBe(403);
    const cookie = `usermedia-1=${"0".repeat(64)}`;
    expect((await ask(path, { headers: { cookie } })).status).toBe(403);
  },
);

test.each(["/open/", "/open/0", `/open/${"0".repeat(64)}`, "/open/../question", "/open/%00"])(
  "the token %j is refused, and the right one still works",
  async (path) => {
    const { ask, pathname } = await served();
    expect((await ask(path)).status).toBe(403);
    expect((await ask(pathname)).status).toBe(200);
  },
);

test.each(["evil.example", "localhost", "127.0.0.1", "127.0.0.1.nip.example:80"])(
  "the host %j, as a rebound name would send it, is refused",
  async (host) => {
    const { ask, login, pathname } = await served();
    expect((await ask(pathname, { headers: { host } })).status).toBe(421);
    const headers = { ...(await login()), host };
    expect((await ask("/answer", { method: "POST", body: allow, headers })).status).toBe(421);
  },
);

test.each(["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])(
  "the origin %j is refused, even with the session",
  async (origin) => {
    const { ask, login, answers } = await served();
    const headers = { ...(await login()), origin };
    expect((await ask("/answer", { method: "POST", body: allow, headers })).status).toBe(403);
    expect((await ask("/question", { headers })).status).toBe(403);
    expect(answers).toEqual([]);
  },
);

test("an answer without an origin, from another site, or as a form is refused", async () => {
  const { ask, login, answers } = await served();
  const { origin, cookie, ...rest } = await login();
  const post = (headers: Record<string, string>) =>
    ask("/answer", { method: "POST", body: allow, headers });
  expect((await post({ cookie, ...rest })).status).toBe(403);
  expect((await post({ cookie, origin, ...rest, "sec-fetch-site": "cross-site" })).status).toBe(
    403,
  );
  expect((await post({ cookie, origin, "content-type": "text/plain" })).status).toBe(415);
  expect(answers).toEqual([]);
});

test.each([
  "/../../etc/passwd",
  "/..%2f..%2fetc%2fpasswd",
  "//etc/passwd",
  "/page.js?x",
  "/preview/camera/9",
  "/preview/../0",
])("%s leads nowhere", async (path) => {
  const { ask, login } = await served();
  expect((await ask(path, { headers: { cookie: (await login()).cookie } })).status).toBe(404);
});

test.each(["PUT", "DELETE", "OPTIONS", "HEAD"])("the method %s is refused", async (method) => {
  const { ask, login } = await served();
  expect((await ask("/answer", { method, headers: await login() })).status).toBe(405);
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

test("an answer that is too long is refused", async () => {
  const { ask, login, answers } = await served();
  const headers = await login();
  const body = JSON.stringify({ choice: "once", devices: {}, more: "x".repeat(5000) });
  expect((await ask("/answer", { method: "POST", body, headers })).status).toBe(413);
  expect(answers).toEqual([]);
});

test("a client that never finishes its request is cut off", async () => {
  const { port, ask, login } = await served();
  const slow = connect(port, "127.0.0.1");
  slow.write("GET / HTTP/1.1\r\nHost: ");
  const cutOff = once(slow, "close");
  slow.resume();
  // Others are served meanwhile.
  expect((await ask("/", { headers: { cookie: (await login()).cookie } })).status).toBe(200);
  await cutOff;
  expect(slow.destroyed).toBe(true);
});

test("the page is told what is asked for in a person's words, the sound of a screen too", async () => {
  const { ask, login } = await served();
  const headers = await login();
  const { text } = await ask("/question", { headers });
  expect(JSON.parse(text)).toMatchObject({ asksFor: "camera" });
  const screen = { name: "display-capture", withSound: true } as const;
  expect(kindList([{ name: "microphone" }, screen])).toBe("microphone and screen with its sound");
});
