import { DeviceError } from "../../../contract/device-error.ts";
import type { Address } from "./native-memory.ts";
import type { LibPipeWire } from "./libpipewire.ts";

/** Methods of `struct spa_loop_control`. */
const GET_FD = 1;
const ENTER = 3;
const ITERATE = 5;
/** Where `struct pw_loop` holds its control. */
const CONTROL_AT = 16n;
/** How soon the waiting thread notices that the connection is closed. */
const WAIT_MS = 100;

/**
 * A connection to the user's PipeWire daemon. Its loop is turned by hand on JavaScript's thread
 * whenever its descriptor can be read, so that each callback comes on that thread: koffi stops
 * for ever on callbacks of PipeWire's own thread.
 */
export class PipeWireConnection {
  readonly library: LibPipeWire;
  /** `struct pw_core` */
  readonly core: Address;
  readonly #loop: Address;
  readonly #context: Address;
  readonly #control: Address;
  readonly #afterTurn: () => void;
  readonly #turning: Promise<void>;
  #isClosing = false;

  /**
   * @param afterTurn called after the callbacks of each turn of the loop
   * @throws DeviceError where no daemon answers
   */
  constructor(library: LibPipeWire, afterTurn: () => void) {
    this.library = library;
    this.#afterTurn = afterTurn;
    this.#loop = library.pointer("pw_loop_new", null);
    this.#control = library.memory.addressAt(this.#loop + CONTROL_AT);
    const fd = Number(library.method(this.#control, GET_FD, ["int", []]));
    library.method(this.#control, ENTER, ["void", []]);
    this.#context = library.pointer("pw_context_new", this.#loop, null, 0);
    const properties = library.pointer(
      "pw_properties_new_string",
      "{ application.name = usermedia }",
    );
    this.core = library.pointer("pw_context_connect", this.#context, properties, 0);
    if (this.core === 0n) {
      this.#free();
      throw new DeviceError(
        "not-found",
        "No PipeWire daemon answers in XDG_RUNTIME_DIR. Start it: systemctl --user start pipewire",
      );
    }
    this.#turning = this.#turn(fd);
  }

  /** Streams must be closed before. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#turning;
    this.library.call("pw_core_disconnect", this.core);
    this.#free();
  }

  async #turn(fd: number): Promise<void> {
    while (!this.#isClosing) {
      const isReadable = await this.library.memory.isReadable(fd, WAIT_MS);
      if (!isReadable || this.#isClosing) continue;
      this.library.method(this.#control, ITERATE, ["int", ["int"]], 0);
      this.#afterTurn();
    }
  }

  #free(): void {
    this.library.call("pw_context_destroy", this.#context);
    this.library.call("pw_loop_destroy", this.#loop);
  }
}
