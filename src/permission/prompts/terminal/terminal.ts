/** The terminal that a person sits at. */
export interface Terminal {
  readonly columns: number;
  readonly canMoveCursor: boolean;
  readonly hasColors: boolean;
  write(text: string): void;
  /** Raw mode: keys come one by one and unseen, and make no signals. */
  setRaw(isRaw: boolean): void;
  /** Calls `listener` with what is typed, until what it returns is called. */
  read(listener: (bytes: Buffer) => void): () => void;
  /** Hands the terminal back as it was. Idempotent. */
  close(): void;
}
