import { callbackGetUserMedia } from "./callback-get-user-media.ts";
import { installOldMembers } from "./old-members.ts";
import type { LegacyOptions, LegacyScope } from "./scope.ts";

const names = ["getUserMedia", "webkitGetUserMedia", "mozGetUserMedia"];

/**
 * Gives pages of 2012 to 2016 what they call: `navigator.getUserMedia` and its prefixed names.
 * Without options only what is missing is added; with them, the calls that are there already are
 * replaced by ones that do as the options say.
 */
export function installLegacy(scope: LegacyScope, options: LegacyOptions = {}): void {
  const { navigator } = scope;
  if (!navigator) return;
  const replace = options.dialects === true || options.errorNames === "legacy";
  const value = callbackGetUserMedia(scope, options);
  for (const name of names) {
    if (replace || !(name in navigator)) define(navigator, name, { value, writable: true });
  }
  if (options.dialects) installOldMembers(scope);
}

function define(target: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(target, name, { configurable: true, enumerable: true, ...descriptor });
}
