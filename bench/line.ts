/** How the benchmark is run. */
export interface BenchOptions {
  /** Runs of ours and of the peer, in turn. */
  readonly runs: number;
  /** Short clips and few calls: does it run at all? The figures mean little. */
  readonly isQuick: boolean;
  /** For what the lines make; it goes at the end. */
  readonly folder: string;
}

/** One line of the table: a figure of ours beside a peer's, of the same run. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  /** Who the peer is. */
  readonly against: string;
  /** What the ratio of ours to the peer's should be; nothing where the figure is for information. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

/** A part of the benchmark. */
export interface Line {
  readonly name: string;
  /** Why it can't run here, if it can't. */
  missing?(): string | undefined;
  run(options: BenchOptions): Promise<Row[]>;
}

export function ratioOf({ ours, peer }: Row): number {
  return ours / peer;
}

export function meetsGoal(row: Row): boolean | undefined {
  const { goal } = row;
  if (goal === undefined) return undefined;
  return "atMost" in goal ? ratioOf(row) <= goal.atMost : ratioOf(row) >= goal.atLeast;
}
