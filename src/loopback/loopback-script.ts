import { sessionHeader } from "./request-guard.ts";

/**
 * What the script of every page begins with, as a browser runs it: requests that show the page's
 * secret, and readers of what streams in answer. The secret is kept for the page that is loaded
 * anew, where only pages of this server, at this port, can read it.
 */
export const loopbackScript = String.raw`
const secret = document.querySelector("meta[name=session]").content ||
  sessionStorage.getItem("session") || "";
sessionStorage.setItem("session", secret);
history.replaceState(null, "", "/");

const byId = (id) => document.getElementById(id);

function ask(path, options = {}) {
  const headers = { ...options.headers, "${sessionHeader}": secret };
  return fetch(path, { ...options, headers });
}

function post(path, value) {
  const headers = { "content-type": "application/json" };
  return ask(path, { method: "POST", headers, body: JSON.stringify(value) });
}

async function* chunks(path, signal) {
  const response = await ask(path, { signal });
  if (!response.ok) throw new Error("refused");
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function* lines(path, signal) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks(path, signal)) {
    const whole = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = whole.pop();
    yield* whole;
  }
}

async function* records(path, signal) {
  let bytes = new Uint8Array(0);
  for await (const chunk of chunks(path, signal)) {
    const joined = new Uint8Array(bytes.length + chunk.length);
    joined.set(bytes);
    joined.set(chunk, bytes.length);
    bytes = joined;
    while (bytes.length >= 4) {
      const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
      if (bytes.length < end) break;
      yield bytes.slice(4, end);
      bytes = bytes.slice(end);
    }
  }
}
`;
