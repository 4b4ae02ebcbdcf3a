import { Window as HappyWindow } from "happy-dom";
import { JSDOM } from "jsdom";
import type { DomWindow } from "../../src/dom/dom-window.ts";
import type { PermissionBroker } from "../../src/permission/contract.ts";

/** Says yes to everybody. */
export const granting: PermissionBroker = {
  query: () => "granted",
  request: ({ kinds }) => Promise.resolve(kinds.map(({ name }) => ({ name, state: "granted" }))),
  watch: () => () => {},
  deviceIdSalt: () => "salt",
};

const page = "<video></video><audio></audio>";
const url = "https://example.com/";

/** Windows of a page with a video element and an audio element. */
export const windows = {
  jsdom: (): DomWindow => new JSDOM(page, { url }).window as unknown as DomWindow,
  "happy-dom": (): DomWindow => {
    const window = new HappyWindow({ url });
    window.document.body.innerHTML = page;
    return window as unknown as DomWindow;
  },
};

/** The next event of a type. */
export function nextEvent(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

/** Notes events of these types as they come. */
export function noteEvents(target: EventTarget, types: readonly string[]): string[] {
  const fired: string[] = [];
  for (const type of types) target.addEventListener(type, () => fired.push(type));
  return fired;
}
