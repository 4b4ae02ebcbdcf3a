/** SpeexDSP's preprocessor, as far as it is used here. Pointers count bytes of its memory. */
export interface Speex {
  /** The memory as it is now: it may move when it grows. */
  readonly memory: {
    readonly i16: Int16Array;
    readonly i32: Int32Array;
    readonly f32: Float32Array;
  };
  allocate(bytes: number): number;
  free(pointer: number): void;
  createState(blockLength: number, sampleRate: number): number;
  destroyState(state: number): void;
  control(state: number, request: number, valuePointer: number): number;
  run(state: number, samplesPointer: number): number;
}

/** The library's module; its own types need Emscripten's, which it doesn't bring along. */
export interface SpeexModule {
  readonly HEAP16: Int16Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF32: Float32Array;
  readonly [functionName: `_${string}`]: (...numbers: number[]) => number;
}

/** The functions of a module by names of ours. */
export function speexOf(module: SpeexModule): Speex {
  return {
    get memory() {
      return { i16: module.HEAP16, i32: module.HEAP32, f32: module.HEAPF32 };
    },
    allocate: module["_malloc"],
    free: module["_free"],
    createState: module["_speex_preprocess_state_init"],
    destroyState: module["_speex_preprocess_state_destroy"],
    control: module["_speex_preprocess_ctl"],
    run: module["_speex_preprocess_run"],
  } as Speex;
}
