/** Where a recording's bytes go. */
export interface RecordingTarget {
  /** It may become longer than what fits into memory. */
  readonly isFile?: true;
  /**
   * Appends. A rejection ends the recording; what was written before it stays playable. The bytes
   * don't change after.
   */
  write(bytes: Uint8Array): Promise<void> | void;
  /** Resolves when all that was given is where it is to be. Absent where it is there at once. */
  flush?(): Promise<void>;
  /**
   * Overwrites bytes that were written before, as a file can: headers then learn at the end what
   * wasn't known at the start (duration, sizes). Does nothing for bytes that were handed out
   * meanwhile. Absent where bytes are gone once written.
   */
  patch?(bytes: Uint8Array, position: number): Promise<void>;
  /** Whether somebody has the beginning already, which then can't be patched. */
  readonly isHandedOut?: boolean;
  /** Moves what was written from a position on, and puts bytes there. Absent where that is costly. */
  insert?(bytes: Uint8Array, position: number): Promise<void>;
  /** Resolves when all that was written outlives the machine's power. */
  sync?(): Promise<void>;
}
