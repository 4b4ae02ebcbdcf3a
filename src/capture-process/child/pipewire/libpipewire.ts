import { DeviceError } from "../../../contract/device-error.ts";
import { type Address, loadNativeMemory, type NativeMemory } from "./native-memory.ts";

const LIBRARY = "libpipewire-0.3.so.0";

/** A C function: its result and its parameters. */
type Signature = readonly [result: string, parameters: readonly string[]];
type Value = Address | number | bigint | string | boolean | null;

const P = "void *";

/** What is called of the library. */
const FUNCTIONS = {
  pw_loop_new: [P, [P]],
  pw_loop_destroy: ["void", [P]],
  pw_context_new: [P, [P, P, "size_t"]],
  pw_context_destroy: ["void", [P]],
  pw_context_connect: [P, [P, P, "size_t"]],
  pw_core_disconnect: ["int", [P]],
  pw_properties_new_string: [P, ["str"]],
  pw_stream_new: [P, [P, "str", P]],
  pw_stream_destroy: ["void", [P]],
  pw_stream_add_listener: ["void", [P, P, P, P]],
  pw_stream_connect: ["int", [P, "int", "uint32", "int", P, "uint32"]],
  pw_stream_update_params: ["int", [P, P, "uint32"]],
  pw_stream_dequeue_buffer: [P, [P]],
  pw_stream_queue_buffer: ["int", [P, P]],
} as const satisfies Record<string, Signature>;

type FunctionName = keyof typeof FUNCTIONS;

/** A callback of a listener: where it stands in the struct, and its parameters after the user data. */
export interface Callback {
  readonly slot: number;
  readonly parameters: readonly string[];
  readonly call: (...values: readonly Value[]) => void;
}

/** A struct of callbacks that PipeWire holds until it is freed. */
export interface Listener {
  /** `struct spa_hook`, which the library links into its lists. */
  readonly hook: Address;
  readonly events: Address;
  free(): void;
}

/** Callers look at each slot of a struct of callbacks, so that none may be missing. */
const SLOTS = 20;
const HOOK_BYTES = 64;

let loading: Promise<LibPipeWire> | undefined;

/**
 * The machine's libpipewire.
 * @throws DeviceError `missing-dependency`, naming what to install
 */
export function loadLibPipeWire(): Promise<LibPipeWire> {
  return (loading ??= loadNativeMemory().then((memory) => new LibPipeWire(memory)));
}

/** libpipewire's functions, and C's interfaces and callbacks as it has them. */
export class LibPipeWire {
  readonly memory: NativeMemory;
  readonly #functions: Readonly<Record<string, (...values: readonly Value[]) => unknown>>;

  constructor(memory: NativeMemory) {
    this.memory = memory;
    const library = load(memory);
    library.func("pw_init", "void", [P, P])(null, null);
    this.#functions = Object.fromEntries(
      Object.entries(FUNCTIONS).map(([name, [result, parameters]]) => [
        name,
        library.func(name, result, [...parameters]),
      ]),
    );
  }

  /** Calls a function that returns an address; `0n` is none. */
  pointer(name: FunctionName, ...values: readonly Value[]): Address {
    const result = this.#functions[name]?.(...values);
    return typeof result === "bigint" ? result : 0n;
  }

  /** Calls a function that returns a number, or nothing: `0`. */
  call(name: FunctionName, ...values: readonly Value[]): number {
    return Number(this.#functions[name]?.(...values) ?? 0);
  }

  /**
   * Calls method `slot` of an interface, `struct spa_interface`: the first after its version is 1.
   * @throws DeviceError where the library has no such method
   */
  method(face: Address, slot: number, signature: Signature, ...values: readonly Value[]): unknown {
    const { koffi } = this.memory;
    const functions = this.memory.addressAt(face + 16n);
    const data = this.memory.addressAt(face + 24n);
    const address = this.memory.addressAt(functions + 8n * BigInt(slot));
    if (address === 0n) throw new DeviceError("failed", `${LIBRARY} here lacks what is needed.`);
    return koffi.call(address, this.#prototype(signature), data, ...values);
  }

  listen(version: number, callbacks: readonly Callback[]): Listener {
    const { koffi } = this.memory;
    const struct = Buffer.alloc(8 * SLOTS);
    struct.writeUInt32LE(version, 0);
    const registered = callbacks.map(({ call, parameters, slot }) => {
      const type = koffi.pointer(this.#prototype(["void", parameters]));
      const callback = koffi.register((_data: Value, ...values: Value[]) => call(...values), type);
      struct.writeBigUInt64LE(callback, 8 * slot);
      return callback;
    });
    const hook = this.memory.allocate(Buffer.alloc(HOOK_BYTES));
    const events = this.memory.allocate(struct);
    return {
      hook,
      events,
      free: () => {
        this.memory.free(events);
        this.memory.free(hook);
        for (const callback of registered) koffi.unregister(callback);
      },
    };
  }

  /** Types stay for as long as the process does, so each is made once. */
  readonly #prototypes = new Map<string, ReturnType<NativeMemory["koffi"]["proto"]>>();

  #prototype([result, parameters]: Signature): ReturnType<NativeMemory["koffi"]["proto"]> {
    const key = `${result}(${parameters.join()})`;
    const known = this.#prototypes.get(key);
    if (known !== undefined) return known;
    const made = this.memory.koffi.proto(result, [P, ...parameters]);
    this.#prototypes.set(key, made);
    return made;
  }
}

function load({ koffi }: NativeMemory): ReturnType<NativeMemory["koffi"]["load"]> {
  try {
    return koffi.load(LIBRARY);
  } catch (cause) {
    throw new DeviceError(
      "missing-dependency",
      `Screens of a Wayland session come through ${LIBRARY}, which this system doesn't have. ` +
        "Install PipeWire's library: libpipewire-0.3-0 (Debian, Ubuntu), pipewire-libs (Fedora)",
      { cause },
    );
  }
}
