import type { PermissionDecision, RequestedKind } from "../contract.ts";
import { consultationOrder, type Asked } from "./consultation-order.ts";
import type { Evidence } from "./evidence.ts";

/** Asks the handler or the prompt for all kinds at once; `undefined` hands the question on. */
export type Ask = (
  asked: Asked["by"],
  kinds: readonly RequestedKind[],
) => Promise<readonly PermissionDecision[] | undefined>;

/**
 * Walks the order of consultation until every kind is decided, or one is denied: the call fails
 * then, so nobody is bothered with the rest of it.
 *
 * @returns one decision for each kind; after a denial, those still undecided carry its message.
 */
export async function consult(
  kinds: readonly RequestedKind[],
  evidence: () => Evidence,
  ask: Ask,
): Promise<readonly PermissionDecision[]> {
  const decisions = new Map<string, PermissionDecision>();
  for (const consultation of consultationOrder) {
    const undecided = kinds.filter(({ name }) => !decisions.has(name));
    if (undecided.length === 0) break;
    const answers =
      "decide" in consultation
        ? undecided.map((kind) => consultation.decide(kind, evidence()))
        : ((await ask(consultation.by, undecided)) ?? []);
    for (const answer of answers) if (answer !== undefined) decisions.set(answer.name, answer);
    const denial = answers.find((answer) => answer?.state === "denied");
    if (denial !== undefined)
      return kinds.map(({ name }) => decisions.get(name) ?? { ...denial, name });
  }
  return kinds.flatMap(({ name }) => decisions.get(name) ?? []);
}
