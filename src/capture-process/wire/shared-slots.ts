import { closeSync, readSync, writevSync } from "node:fs";

/** Those that one side fills: one is read while the next is written, and one waits. */
const SLOTS_OF_A_SIDE = 3;

/** All slots of a file. */
export const SHARED_SLOTS = 2 * SLOTS_OF_A_SIDE;

/** How the two ends of a channel share a file. */
export interface SharedFile {
  /** The descriptor of the file, this end's own. */
  readonly fd: number;
  /** The most that a slot may hold. Slots lie that far apart; what isn't written takes no memory. */
  readonly slotBytes: number;
}

/**
 * Slots for payloads in a file that is memory, which both ends have open: a picture is copied into
 * it and out of it, and doesn't go through a socket in pieces of 64 kB.
 *
 * A slot belongs to the side that fills it. It is free again when the other side has read it and
 * said so.
 */
export class SharedSlots {
  readonly #file: SharedFile;
  readonly #own: number;
  readonly #busy = new Set<number>();
  #isClosed = false;
  #isUnusable = false;

  constructor(side: "program" | "child", file: SharedFile) {
    this.#file = file;
    this.#own = side === "program" ? SLOTS_OF_A_SIDE : 0;
  }

  /** Whether a payload of this length can go into a slot, now or when one is free. */
  takes(length: number): boolean {
    return !this.#isUnusable && length <= this.#file.slotBytes;
  }

  /** Whether the other side has yet to read every slot. */
  get isFull(): boolean {
    return this.#busy.size === SLOTS_OF_A_SIDE;
  }

  /**
   * Writes a payload, in one piece or several.
   * @returns the slot's number; nothing where all are busy, or the memory is used up
   */
  write(parts: readonly Uint8Array[], length: number): number | undefined {
    const slot = this.#free();
    if (slot === undefined || !this.takes(length)) return undefined;
    try {
      const written = writevSync(this.#file.fd, parts, slot * this.#file.slotBytes);
      if (written !== length) return this.#giveUp();
    } catch {
      return this.#giveUp();
    }
    this.#busy.add(slot);
    return slot;
  }

  /** Fills `bytes` from a slot of the other side; false where there is no such slot, or too little. */
  read(slot: number, bytes: Uint8Array): boolean {
    const isOthers = slot >= 0 && slot < SHARED_SLOTS && !this.#isOwn(slot);
    const { fd, slotBytes } = this.#file;
    if (!isOthers || bytes.length > slotBytes || this.#isClosed) return false;
    return readSync(fd, bytes, 0, bytes.length, slot * slotBytes) === bytes.length;
  }

  /** The other side has read a slot; false where it had nothing to read. */
  free(slot: number): boolean {
    return this.#busy.delete(slot);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isUnusable = true;
    closeSync(this.#file.fd);
  }

  #isOwn(slot: number): boolean {
    return slot >= this.#own && slot < this.#own + SLOTS_OF_A_SIDE;
  }

  #free(): number | undefined {
    for (let slot = this.#own; slot < this.#own + SLOTS_OF_A_SIDE; slot++) {
      if (!this.#busy.has(slot)) return slot;
    }
    return undefined;
  }

  /**
   * The memory is used up, by others as a rule: from now on payloads go over the pipe. What the file
   * takes is free again when both ends are closed.
   */
  #giveUp(): undefined {
    this.#isUnusable = true;
  }
}
