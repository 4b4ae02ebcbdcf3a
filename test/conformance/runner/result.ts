/** The outcome of a page as a whole: testharness's own words, or what happened to its process. */
export type HarnessStatus = "OK" | "ERROR" | "TIMEOUT" | "PRECONDITION_FAILED" | "CRASH" | "HANG";

export interface Subtest {
  readonly name: string;
  readonly status: "PASS" | "FAIL" | "TIMEOUT" | "NOTRUN" | "PRECONDITION_FAILED";
  readonly message?: string | null;
}

/** What a test reports. */
export interface Result {
  readonly harness: { readonly status: HarnessStatus; readonly message?: string | null };
  readonly subtests: readonly Subtest[];
  /** What the page printed. */
  readonly log?: string;
}
