/**
 * What `import "node-usermedia"` is in a browser: a shim over the browser's own devices. It adds the
 * three-argument `navigator.getUserMedia` and its prefixed names where they are missing, and the
 * promise form where only a prefixed call is there. What works is never replaced.
 *
 * @module
 */
import { installLegacy as installLegacyIn } from "../legacy/install-legacy.ts";
import type { LegacyOptions, LegacyScope } from "../legacy/scope.ts";
import { addPromiseForm } from "./add-promise-form.ts";

const scope = globalThis as unknown as LegacyScope;

addPromiseForm(globalThis.navigator);
installLegacyIn(scope);

/**
 * Makes pages of 2012 to 2016 work: old error names, constraint dialects and members of streams.
 *
 * @see docs/legacy.md for what each is and which browser had it
 */
export function installLegacy(options: LegacyOptions): void {
  installLegacyIn(scope, options);
}

export const { navigator, MediaStream, MediaStreamTrack, MediaRecorder } = globalThis;
export type { LegacyOptions };
