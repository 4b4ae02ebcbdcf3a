import type { Candidate } from "./candidate.ts";

/** The candidates of each owner, in the order in which owners first appear. */
export function groupByOwner<Owner>(candidates: readonly Candidate<Owner>[]): Candidate<Owner>[][] {
  const groups = new Map<Owner, Candidate<Owner>[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.owner);
    if (group) group.push(candidate);
    else groups.set(candidate.owner, [candidate]);
  }
  return [...groups.values()];
}
