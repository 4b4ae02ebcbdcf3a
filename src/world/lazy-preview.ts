import type { PreviewParts } from "./device-preview.ts";
import type { PreviewProvider } from "../permission/prompts/page/preview-provider.ts";

/** What devices give, for a prompt's page; the code is loaded when a page shows some. */
export function lazyPreview(parts: PreviewParts): PreviewProvider {
  const load = async (): Promise<PreviewProvider> =>
    (await import("./device-preview.ts")).devicePreview(parts);
  return {
    async *pictures(deviceKey, signal) {
      yield* (await load()).pictures(deviceKey, signal);
    },
    async *levels(deviceKey, signal) {
      yield* (await load()).levels(deviceKey, signal);
    },
  };
}
