import type { RunSummary } from "@/lib/core/api/run";
import type { ApprovalEntry } from "@/lib/core/approvals/state";
import type { EventError } from "@/lib/core/events/canonical";
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

/**
 * Where to look into a failed run: the last thing that failed of which its error tells, a call before a note of its error; else the last one
 * of all. The deeper one first: an agent fails because something in it did.
 */
export function tellingFailure(spans: readonly Span[], error: EventError | null): Span | null {
  const failed = spans.filter(({ status }) => status === "failed");
  const inside = failed.filter(({ kind }) => kind !== "agent" && kind !== "step");
  const told = error === null ? [] : inside.filter((span) => isTold(span, error.message.toLowerCase()));
  return told.findLast(({ kind }) => kind !== "error") ?? told.at(-1) ?? inside.at(-1) ?? failed.at(-1) ?? null;
}

/** Shorter ones stand in other words by chance. */
const leastChars = 3;

function isTold(span: Span, message: string): boolean {
  const [name, words] = [span.name.toLowerCase(), span.error?.toLowerCase() ?? ""];
  if (words.length >= leastChars && message.includes(words)) return true;
  if (message.length >= leastChars && words.includes(message)) return true;
  return name.length >= leastChars && standsIn(name, message);
}

/** As a word of its own: `read` does not stand in "already". */
function standsIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const beside = `${text[at - 1] ?? " "}${text[at + word.length] ?? " "}`;
    if (!/[\p{L}\p{N}_]/u.test(beside)) return true;
  }
  return false;
}
