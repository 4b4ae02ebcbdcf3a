import { callbackGetUserMedia } from "./callback-get-user-media.ts";
import { define } from "./define.ts";
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
  const replace = options.dialects ?? options.errorNames;
  const value = callbackGetUserMedia(scope, options);
  for (const name of names) {
    if (replace || !(name in navigator))
      define(navigator, name, { value, writable: true, enumerable: true });
  }
  if (options.dialects) installOldMembers(scope);
}
