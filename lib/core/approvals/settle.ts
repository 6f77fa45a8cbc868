import { compareOrder } from "../run/order-key";
import { stands } from "../run/standing";
import type { ApprovalDecision, ApprovalEntry, ApprovalStatus, ApprovalsState } from "./state";

const entryLimit = 500;

/** Whether the run's end lies behind the request, or stands now. */
function isCutOff(entry: ApprovalEntry, state: ApprovalsState): boolean {
  if (state.ended === null) return false;
  if (stands(state.ended, state.opened)) return true;
  return entry.requestedOrder !== null && compareOrder(entry.requestedOrder, state.ended) < 0;
}

/** The entry of a decision whose request is not known: kept as it was where it stood already. */
function stub(decision: ApprovalDecision, state: ApprovalsState): ApprovalEntry {
  const key = decision.key ?? `seq:${decision.order.seq}`;
  const before = state.entries.find((entry) => entry.key === key);
  if (before?.requestedSeq === null && before.decidedSeq === decision.order.seq) return before;
  return {
    key,
    status: decision.status,
    kind: "tool",
    requestedSeq: null,
    requestedAtMs: null,
    agent: null,
    tool: null,
    arguments: null,
    question: null,
    channel: null,
    risk: null,
    timeoutMs: null,
    decidedSeq: decision.order.seq,
    decidedAtMs: decision.atMs,
    decidedBy: decision.by,
    comment: decision.comment,
    answer: decision.answer,
    requestedOrder: null,
    named: decision.key !== null,
  };
}

function withOutcome(entry: ApprovalEntry, decision: ApprovalDecision | undefined, state: ApprovalsState): ApprovalEntry {
  const status: ApprovalStatus = decision?.status ?? (isCutOff(entry, state) ? "cancelled" : "pending");
  const decidedSeq = decision?.order.seq ?? null;
  if (entry.status === status && entry.decidedSeq === decidedSeq) return entry;
  return {
    ...entry,
    status,
    decidedSeq,
    decidedAtMs: decision?.atMs ?? null,
    decidedBy: decision?.by ?? null,
    comment: decision?.comment ?? null,
    answer: decision?.answer ?? null,
  };
}

/** Explicit decisions first: the earliest that names the request is the one that counts. */
function matchNamed(decisions: readonly ApprovalDecision[]): Map<string, ApprovalDecision> {
  const matched = new Map<string, ApprovalDecision>();
  for (const decision of decisions) if (decision.key !== null && !matched.has(decision.key)) matched.set(decision.key, decision);
  return matched;
}

/**
 * The request that a decision without an id most likely meant. A decision that a person gave through us is reported back by
 * agents whose requests have no id: right after such a decision, and before the next request, it is that echo ("echo").
 * Otherwise it is the oldest request still open (real Shannon and agent-os name none).
 */
function guess(
  requests: readonly ApprovalEntry[],
  decision: ApprovalDecision,
  matched: ReadonlyMap<string, ApprovalDecision>,
  echoed: Set<string>,
): string | "echo" | null {
  let oldestOpen: string | null = null;
  let lastAsked: ApprovalEntry | null = null;
  let lastAnswered: { key: string; decision: ApprovalDecision } | null = null;
  for (const entry of requests) {
    if (entry.requestedOrder === null || compareOrder(entry.requestedOrder, decision.order) > 0) continue;
    lastAsked = entry;
    const explicit = matched.get(entry.key);
    if (explicit === undefined) oldestOpen ??= entry.key;
    else if (!entry.named && explicit.key !== null && !echoed.has(entry.key) && compareOrder(explicit.order, decision.order) < 0)
      lastAnswered = { key: entry.key, decision: explicit };
  }
  const askedSince =
    lastAnswered !== null && lastAsked?.requestedOrder != null && compareOrder(lastAsked.requestedOrder, lastAnswered.decision.order) > 0;
  if (lastAnswered !== null && !askedSince) {
    echoed.add(lastAnswered.key);
    return "echo";
  }
  return oldestOpen;
}

function byRequest(a: ApprovalEntry, b: ApprovalEntry): number {
  if (a.requestedOrder === null || b.requestedOrder === null) return 0;
  return compareOrder(a.requestedOrder, b.requestedOrder);
}

/** Older decided ones leave first, then the oldest pending. */
function bounded(entries: ApprovalEntry[]): ApprovalEntry[] {
  let excess = entries.length - entryLimit;
  if (excess <= 0) return entries;
  const kept = entries.filter((entry) => entry.status === "pending" || excess-- <= 0);
  return kept.slice(-entryLimit);
}

/** Matches requests with decisions anew and says what became of each; entries whose outcome is the same keep their identity. */
export function settleApprovals(state: ApprovalsState): ApprovalsState {
  const known = state.entries.filter((entry) => entry.requestedSeq !== null);
  const requests = [...known].sort(byRequest);
  const matched = matchNamed(state.decisions);
  const echoed = new Set<string>();
  const strays: ApprovalDecision[] = [];
  for (const decision of state.decisions) {
    if (decision.key !== null) continue;
    const target = guess(requests, decision, matched, echoed);
    if (target === null) strays.push(decision);
    else if (target !== "echo") matched.set(target, decision);
  }
  const keys = new Set(known.map((entry) => entry.key));
  const entries = known.map((entry) => withOutcome(entry, matched.get(entry.key), state));
  for (const [key, decision] of matched) if (!keys.has(key)) entries.push(stub(decision, state));
  for (const decision of strays) entries.push(stub(decision, state));
  const kept = bounded(entries.sort(byAppearance));
  let pending = 0;
  for (const entry of kept) if (entry.status === "pending") pending += 1;
  return { ...state, entries: kept, pending, decisions: kept === entries ? state.decisions : remaining(state.decisions, matched, kept) };
}

/** The decisions of entries that left leave with them, or they would come back as stubs. */
function remaining(
  decisions: readonly ApprovalDecision[],
  matched: ReadonlyMap<string, ApprovalDecision>,
  kept: readonly ApprovalEntry[],
): readonly ApprovalDecision[] {
  const keys = new Set(kept.map((entry) => entry.key));
  const gone = new Set<ApprovalDecision>();
  for (const [key, decision] of matched) if (!keys.has(key)) gone.add(decision);
  return decisions.filter((decision) => !gone.has(decision) && (decision.key === null || keys.has(decision.key)));
}

function byAppearance(a: ApprovalEntry, b: ApprovalEntry): number {
  const seqOf = (entry: ApprovalEntry) =>
    Math.min(entry.requestedSeq ?? entry.decidedSeq ?? 0, entry.decidedSeq ?? entry.requestedSeq ?? 0);
  return seqOf(a) - seqOf(b);
}
