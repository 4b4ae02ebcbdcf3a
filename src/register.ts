/**
 * `import "node-usermedia/register"` puts the interfaces and `navigator` on `globalThis`, for code that
 * was written for a browser. The only module that touches a global.
 *
 * @module
 */
import { defaultNavigator, defaultNavigatorSlots } from "./world/default-media-capture.ts";
import { Audio } from "./web/audio/audio.ts";
import { interfacesOf } from "./web/create-realm.ts";
import { extendNavigator } from "./web/media-devices/extend-navigator.ts";
import { nodeRealm } from "./web/realm/realm.ts";

for (const [name, value] of Object.entries({ ...interfacesOf(nodeRealm), Audio })) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

// Node 21 and later have a navigator, which keeps what it has.
const existing: unknown = Reflect.get(globalThis, "navigator");
if (typeof existing === "object" && existing !== null) {
  extendNavigator(existing, defaultNavigatorSlots);
} else {
  Object.defineProperty(globalThis, "navigator", {
    value: defaultNavigator,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
