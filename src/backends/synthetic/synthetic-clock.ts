/** The time that synthetic devices live in; the engine's clock is one. */
export interface SyntheticClock {
  /** µs, monotonic */
  nowUs(): number;
  /** ms since the epoch */
  wallMs(): number;
  /** Returns what cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void;
}
