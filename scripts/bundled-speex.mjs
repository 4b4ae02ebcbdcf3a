/**
 * What bundles have in the place of `src/processing/load-speex.ts`: the library's WebAssembly comes
 * in the script, since neither a page nor a bundled program finds the file. The bundler must load
 * `.wasm` as binary.
 */
export const BUNDLED_SPEEX = `
  import { loadSpeexModule } from "@sapphi-red/speex-preprocess-wasm";
  import wasmBinary from "@sapphi-red/speex-preprocess-wasm/speex.wasm";
  import { speexOf } from "./speex.ts";
  export const loadSpeex = async () => speexOf(await loadSpeexModule({ wasmBinary }));
`;
