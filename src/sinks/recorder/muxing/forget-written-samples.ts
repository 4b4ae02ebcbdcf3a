import type { Output } from "mediabunny";

/** What the muxer of a fragmented MP4 has of each of its tracks, where no type says it. */
interface Internals {
  readonly _muxer?: {
    readonly trackDatas?: readonly { readonly finalizedChunks?: readonly WrittenFragment[] }[];
  };
}

interface WrittenFragment {
  readonly samples: unknown[];
}

/**
 * Lets go of the samples of fragments that are written, all but the first of each, which the index
 * at the end names: mediabunny keeps every one of them until then, 40 MB in an hour of 30 pictures
 * and 50 pieces of sound a second.
 */
export function forgetWrittenSamples(output: Output): void {
  const { _muxer: muxer } = output as unknown as Internals;
  for (const { finalizedChunks = [] } of muxer?.trackDatas ?? []) {
    // From the newest to the first that an earlier call has seen.
    for (let index = finalizedChunks.length - 1; index >= 0; index--) {
      const samples = finalizedChunks[index]?.samples ?? [];
      if (samples.length <= 1) break;
      samples.length = 1;
    }
  }
}
