import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { type Speex, type SpeexModule, speexOf } from "./speex.ts";

type LoadSpeexModule = (options: { readonly wasmBinary: Uint8Array }) => Promise<SpeexModule>;

/** The library in an instance of its own: some 25 ms and 2 MB. */
export async function loadSpeex(): Promise<Speex> {
  const name = "@sapphi-red/speex-preprocess-wasm";
  const path = createRequire(import.meta.url).resolve(`${name}/speex.wasm`);
  const [library, wasmBinary] = await Promise.all([
    import("@sapphi-red/speex-preprocess-wasm"),
    readFile(path),
  ]);
  const load = library.loadSpeexModule as unknown as LoadSpeexModule;
  return speexOf(await load({ wasmBinary }));
}
