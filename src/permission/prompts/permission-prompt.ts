import type { PermissionName, RequestedKind } from "../contract.ts";

/** A kind of capture in a question. */
export interface PromptedKind extends RequestedKind {
  /** Why the program wants it, from its manifest. */
  readonly reason: string | undefined;
}

/** What a person is asked. */
export interface PromptQuestion {
  readonly application: { readonly name: string; readonly path: string | undefined };
  readonly kinds: readonly PromptedKind[];
  /** Whether "Allow always" can be offered. */
  readonly canRemember: boolean;
}

/** What the person chose. */
export interface PromptAnswer {
  readonly choice: "once" | "always" | "block";
  /** The keys of the devices that the person picked, for kinds where they picked one. */
  readonly devices: Readonly<Partial<Record<PermissionName, string>>>;
}

/** A way to ask the person in front of the machine. */
export interface PermissionPrompt {
  readonly name: "terminal" | "page";
  /** Whether a person can be reached this way, now. */
  isAvailable(): boolean;
  /**
   * Asks. Resolves with `undefined` when the person makes no choice, or when `signal` aborts.
   * Rejects when the question could not be put to them.
   */
  ask(question: PromptQuestion, signal: AbortSignal): Promise<PromptAnswer | undefined>;
}
