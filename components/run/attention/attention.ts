import type { RunSummary } from "@/lib/core/api/run";
import type { ApprovalEntry } from "@/lib/core/approvals/state";
import type { RunState } from "@/lib/core/run/state";
import type { Span } from "@/lib/core/run/timeline-state";

/** What people see of a request. */
export type WaitingEntry = Pick<
  ApprovalEntry,
  "key" | "kind" | "tool" | "arguments" | "question" | "risk" | "agent" | "requestedSeq" | "requestedAtMs" | "timeoutMs"
>;

/** What waits for a human, longest waiting first. A run that only says that it waits makes one entry of what it says. */
export function waitingEntries(run: RunSummary, state: RunState): readonly WaitingEntry[] {
  const pending = state.approvals.entries.filter((entry) => entry.status === "pending");
  if (pending.length > 0 || run.status !== "waiting") return pending;
  const requestedAtMs = run.waitingSince === undefined ? null : Date.parse(run.waitingSince);
  const unsaid = { tool: null, arguments: null, risk: null, agent: null, requestedSeq: null, timeoutMs: null };
  return [{ ...unsaid, key: "waiting", kind: "input", question: run.waitingFor ?? null, requestedAtMs }];
}

/** The last thing that failed, the deeper one first: an agent fails because something in it did. */
export function lastFailure(spans: readonly Span[]): Span | null {
  const failed = spans.findLast((span) => span.status === "failed" && span.kind !== "agent" && span.kind !== "step");
  return failed ?? spans.findLast((span) => span.status === "failed") ?? null;
}
