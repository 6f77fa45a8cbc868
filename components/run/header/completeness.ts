import type { RunSummary } from "@/lib/core/api/run";

export type Completeness = {
  readonly verdict: "whole" | "missing" | "uncounted";
  /** For the header: `412/412 complete`, `409/412`, `1,204 events`. */
  readonly seen: number;
  readonly expected: number | null;
  readonly missing: number;
  readonly late: number;
  readonly range: { readonly first: number; readonly last: number } | null;
};

/** Whether we have what the sender says it sent, by the sender's own sequence where it has one. */
export function completeness({ completeness: c, lastSeq }: Pick<RunSummary, "completeness" | "lastSeq">): Completeness {
  if (c.sourceFirstSeq === null || c.sourceLastSeq === null || c.sourceMissing === null) {
    return { verdict: "uncounted", seen: lastSeq, expected: null, missing: 0, late: c.late, range: null };
  }
  return {
    verdict: c.sourceMissing > 0 ? "missing" : "whole",
    seen: c.sourceSeen,
    expected: c.sourceSeen + c.sourceMissing,
    missing: c.sourceMissing,
    late: c.late,
    range: { first: c.sourceFirstSeq, last: c.sourceLastSeq },
  };
}
