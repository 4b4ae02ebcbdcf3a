import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";

import { QuestionServer } from "../../../src/permission/prompts/page/question-server.ts";
import { PreviewServer } from "../../../src/preview/preview-server.ts";
import { VirtualDevices } from "../../../src/testing/index.ts";
import { pageClient } from "../../support/page-client.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A page of ours: what it posts and asks for, and what was done because of it. */
interface Page {
  readonly url: string;
  readonly post: { readonly path: string; readonly body: string; readonly status: number };
  readonly data: readonly string[];
  readonly done: () => number;
}

async function permissionPrompt(): Promise<Page> {
  const question = {
    application: { name: "recorder", path: "/srv/main.js" },
    canRemember: false,
    kinds: [{ name: "camera", reason: undefined, devices: [{ key: "v4l2:desk", label: "Desk" }] }],
  } as const;
  let answers = 0;
  const events = { answered: () => void (answers += 1), watched: () => undefined };
  const server = new QuestionServer(question, events, undefined);
  onTestFinished(() => server.close());
  return {
    url: await server.start(),
    post: { path: "/answer", body: '{"choice":"once","devices":{}}', status: 204 },
    data: ["/question", "/events", "/preview/camera/0", "/answer"],
    done: () => answers,
  };
}

async function preview(): Promise<Page> {
  const devices = new VirtualDevices();
  devices.addCamera();
  const server = new PreviewServer({
    mediaDevices: devices.mediaDevices,
    folder: temporaryFolder(),
    syntheticLabels: new Set(),
  });
  onTestFinished(async () => {
    await server.close();
    await devices.close();
  });
  const url = await server.start();
  const calls = () => devices.calls.filter(({ method }) => method === "getUserMedia").length;
  const before = calls();
  return {
    url,
    post: { path: "/do", body: '{"action":"choose","size":"640x480"}', status: 200 },
    data: ["/pictures", "/levels", "/events", "/do"],
    done: () => calls() - before,
  };
}

describe.each([
  ["permission prompt", permissionPrompt],
  ["preview", preview],
])("The page of the %s", (_name, serve) => {
  const served = async () => {
    const page = await serve();
    const client = pageClient(page.url);
    const post = (headers: Record<string, string>, body = page.post.body) =>
      client.ask(page.post.path, { method: "POST", body, headers });
    return { ...page, ...client, send: post };
  };

  test("is served on this machine alone, and its address opens once", async () => {
    const { ask, pathname, host } = await served();
    expect(host).toMatch(/^127\.0\.0\.1:/u);
    expect(pathname).toMatch(/^\/open\/[0-9a-f]{64}$/u);
    const first = await ask(pathname);
    expect(first.status).toBe(200);
    expect(first.headers["set-cookie"]).toBeUndefined();
    expect(first.headers["content-security-policy"]).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/u,
    );
    expect((await ask(pathname)).status).toBe(403);
  });

  test("has done what it posts itself", async () => {
    const { login, send, done, post } = await served();
    expect((await send(await login())).status).toBe(post.status);
    expect(done()).toBe(1);
  });

  test("shows nothing to who has not its secret, but what is the same for everybody", async () => {
    const { ask, data, login } = await served();
    const { "usermedia-session": secret } = await login();
    const guesses: Record<string, string>[] = [
      {},
      { cookie: `session=${secret}; usermedia-session=${secret}` },
      { "usermedia-session": "" },
      { "usermedia-session": "0".repeat(64) },
      { "usermedia-session": `${secret}0` },
    ];
    for (const path of data) {
      for (const headers of guesses) {
        expect([path, (await ask(path, { headers })).status]).toEqual([path, 403]);
      }
    }
    for (const path of ["/", "/page.js", "/page.css"]) {
      const { status, text } = await ask(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain(secret);
    }
  });

  test.each(["/open/", "/open/0", `/open/${"0".repeat(64)}`, "/open/../question", "/open/%00"])(
    "refuses the token %j, and the right one still works",
    async (path) => {
      const { ask, pathname } = await served();
      expect((await ask(path)).status).toBe(403);
      expect((await ask(pathname)).status).toBe(200);
    },
  );

  test.each(["evil.example", "localhost", "127.0.0.1", "127.0.0.1.nip.example:80", "127.0.0.1:1"])(
    "refuses the host %j, as a rebound name would send it",
    async (host) => {
      const { ask, login, pathname, send, done } = await served();
      expect((await ask(pathname, { headers: { host } })).status).toBe(421);
      expect((await send({ ...(await login()), host })).status).toBe(421);
      expect(done()).toBe(0);
    },
  );

  test.each(["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])(
    "refuses the origin %j, even with the session",
    async (origin) => {
      const { ask, data, login, send, done } = await served();
      const headers = { ...(await login()), origin };
      expect((await send(headers)).status).toBe(403);
      for (const path of data) expect((await ask(path, { headers })).status).toBe(403);
      expect(done()).toBe(0);
    },
  );

  test("refuses what is posted without an origin, from another site, or as a form", async () => {
    const { login, send, done } = await served();
    const headers = await login();
    const { origin: _origin, ...withoutOrigin } = headers;
    expect((await send(withoutOrigin)).status).toBe(403);
    expect((await send({ ...headers, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await send({ ...headers, "sec-fetch-site": "same-site" })).status).toBe(403);
    expect((await send({ ...headers, "content-type": "text/plain" })).status).toBe(415);
    const form = "application/x-www-form-urlencoded";
    expect((await send({ ...headers, "content-type": form })).status).toBe(415);
    expect(done()).toBe(0);
  });

  test.each([
    "/../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "//etc/passwd",
    "/page.js?x",
    "/page.js/../page.css",
    "/preview/camera/9",
    "/preview/../0",
  ])("%s leads nowhere", async (path) => {
    const { ask, login } = await served();
    expect((await ask(path, { headers: await login() })).status).toBe(404);
  });

  test.each(["PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])("refuses the method %s", async (way) => {
    const { ask, login, post } = await served();
    expect((await ask(post.path, { method: way, headers: await login() })).status).toBe(405);
  });

  test("refuses what is too long, and goes on", async () => {
    const { login, send, done, post } = await served();
    const headers = await login();
    expect((await send(headers, `${post.body}${" ".repeat(5000)}`)).status).toBe(413);
    expect(done()).toBe(0);
    expect((await send(headers)).status).toBe(post.status);
  });

  test("does nothing for any other text, and goes on", async () => {
    const { login, send, done, post } = await served();
    const headers = await login();
    const near = fc.record({
      action: fc.constantFrom("choose", "snap", "__proto__", 7, null),
      choice: fc.constantFrom("once", "granted", true),
      devices: fc.jsonValue(),
      size: fc.constantFrom("1x", "999999x1", "../x", "1x1\n"),
    });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      near.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        expect((await send(headers, body)).status).toBe(400);
      }),
      { numRuns: 300 },
    );
    expect(done()).toBe(0);
    expect((await send(headers)).status).toBe(post.status);
  });

  test("cuts off who never finishes the request line, the headers or the body", async () => {
    const { ask, done, host, login, port, post } = await served();
    const { "usermedia-session": secret, origin } = await login();
    const begun = [
      "GET / HT",
      "GET / HTTP/1.1\r\nHost: ",
      `POST ${post.path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nUsermedia-Session: ${secret}\r\n` +
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    ];
    const closings = begun.map((text) => {
      const slow = connect(port, "127.0.0.1");
      slow.write(text);
      slow.resume();
      return once(slow, "close");
    });
    // Others are served meanwhile.
    expect((await ask("/")).status).toBe(200);
    await Promise.all(closings);
    expect(done()).toBe(0);
  });
});
