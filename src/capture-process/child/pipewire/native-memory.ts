import type * as koffi from "koffi";
import { DeviceError } from "../../../contract/device-error.ts";
import { requireFrom } from "../../../host/own-files.ts";

export type Koffi = typeof koffi;
/** An address in this process; `0n` is C's `NULL`. */
export type Address = bigint;

/** A native function as it is called here: addresses are `bigint`, other numbers `number`. */
type Native<Result> = (...values: readonly (Address | number | string | null)[]) => Result;

let loading: Promise<NativeMemory> | undefined;

/**
 * The C library of this process, through koffi: what Node has no way to do.
 * @throws DeviceError `missing-dependency` where it isn't installed, or has no build for this machine
 */
export function loadNativeMemory(): Promise<NativeMemory> {
  return (loading ??= Promise.resolve().then(() => new NativeMemory(loadKoffi())));
}

/** Its binary alone: koffi's own package would run a script where it is installed. */
function loadKoffi(): Koffi {
  const name = `@koromix/koffi-${process.platform}-${process.arch}`;
  try {
    return requireFrom(import.meta.filename)(name) as Koffi;
  } catch (cause) {
    throw missingKoffi(name, cause);
  }
}

function missingKoffi(name: string, cause: unknown): DeviceError {
  const said = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
  return new DeviceError(
    "missing-dependency",
    `Screens of a Wayland session are read with the optional package ${name}, which can't be ` +
      `loaded (${said}). Install it: npm install --include=optional node-usermedia`,
    { cause },
  );
}

/** Reads, writes and calls native memory. Nothing here checks an address. */
export class NativeMemory {
  readonly koffi: Koffi;
  readonly #calloc: Native<Address>;
  readonly #free: Native<void>;
  readonly #copyOut: (into: Uint8Array, from: Address, bytes: number) => void;
  readonly #copyIn: (into: Address, from: Uint8Array, bytes: number) => void;
  readonly #poll: KoffiPoll;

  constructor(koffi: Koffi) {
    this.koffi = koffi;
    const c = koffi.load(null);
    this.#calloc = c.func("void *calloc(size_t count, size_t size)");
    this.#free = c.func("void free(void *memory)");
    this.#copyOut = c.func("memcpy", "void *", [koffi.out("uint8_t *"), "void *", "size_t"]);
    this.#copyIn = c.func("memcpy", "void *", ["void *", "uint8_t *", "size_t"]);
    this.#poll = c.func("int poll(void *fds, unsigned long count, int timeout)") as KoffiPoll;
  }

  /** Memory with these bytes in it, to be freed by {@link free}. */
  allocate(bytes: Uint8Array): Address {
    const address = this.#calloc(1, Math.max(1, bytes.length));
    this.#copyIn(address, bytes, bytes.length);
    return address;
  }

  free(address: Address): void {
    this.#free(address);
  }

  /** A copy of what is there. */
  read(address: Address, bytes: number): Buffer {
    const copy = Buffer.allocUnsafe(bytes);
    this.#copyOut(copy, address, bytes);
    return copy;
  }

  /** Copies what is there over the beginning of `into`. */
  copyTo(into: Uint8Array, address: Address, bytes: number): void {
    this.#copyOut(into, address, Math.min(bytes, into.length));
  }

  addressAt(address: Address): Address {
    return this.read(address, 8).readBigUInt64LE(0);
  }

  textAt(address: Address): string | undefined {
    return address === 0n ? undefined : this.koffi.decode.string(address);
  }

  /**
   * Waits on a thread of libuv's pool until a descriptor can be read; false after `timeoutMs`.
   * Node itself can't wait for it: it knows no descriptor that is neither file, pipe nor socket.
   */
  async isReadable(fd: number, timeoutMs: number): Promise<boolean> {
    const request = Buffer.alloc(8);
    request.writeInt32LE(fd, 0);
    request.writeInt16LE(1, 4);
    const address = this.allocate(request);
    try {
      return await new Promise((resolve, reject) => {
        this.#poll.async(address, 1, timeoutMs, (error: unknown, count) => {
          if (error instanceof Error) reject(error);
          else resolve(count > 0);
        });
      });
    } finally {
      this.free(address);
    }
  }
}

type KoffiPoll = koffi.KoffiFunc<(fds: Address, count: number, timeoutMs: number) => number>;
