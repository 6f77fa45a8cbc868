import { compareOrder } from "../run/order-key";
import { stands } from "../run/standing";
import { matchDecisions } from "./match";
import { undecided } from "./request-entry";
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
    choices: null,
    schema: null,
    allowed: null,
    askedThrough: "source",
    ...undecided,
    ...outcomeOf(decision),
    requestedOrder: null,
    latestOrder: null,
    named: decision.key !== null,
  };
}

function outcomeOf(decision: ApprovalDecision) {
  return {
    status: decision.status,
    decidedSeq: decision.order.seq,
    decidedAtMs: decision.atMs,
    decidedBy: decision.by,
    decidedThrough: decision.through,
    comment: decision.comment,
    answer: decision.answer,
    editedArguments: decision.editedArguments,
  };
}

function withOutcome(entry: ApprovalEntry, decision: ApprovalDecision | undefined, undecidedStatus: ApprovalStatus): ApprovalEntry {
  const status = decision?.status ?? undecidedStatus;
  if (entry.status === status && entry.decidedSeq === (decision?.order.seq ?? null)) return entry;
  return { ...entry, ...undecided, status, ...(decision === undefined ? {} : outcomeOf(decision)) };
}

/** Of the requests under one id the one that was asked for last is the one that stands. */
function standing(requests: readonly ApprovalEntry[]): ReadonlyMap<string, ApprovalEntry> {
  const last = new Map<string, ApprovalEntry>();
  for (const entry of requests) {
    const other = last.get(entry.key)?.latestOrder ?? null;
    if (other === null || (entry.latestOrder != null && compareOrder(entry.latestOrder, other) > 0)) last.set(entry.key, entry);
  }
  return last;
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
  const { matched, strays } = matchDecisions(requests, state.decisions);
  const last = standing(requests);
  const entries = known.map((entry) => {
    const status = last.get(entry.key) !== entry ? "superseded" : isCutOff(entry, state) ? "cancelled" : "pending";
    return withOutcome(entry, matched.get(entry.requestedSeq ?? 0), status);
  });
  for (const decision of strays) entries.push(stub(decision, state));
  const kept = bounded(entries.sort(byAppearance));
  let pending = 0;
  for (const entry of kept) if (entry.status === "pending") pending += 1;
  const decisions = kept === entries ? state.decisions : remaining(state.decisions, { matched, strays, kept });
  return { ...state, entries: kept, pending, decisions };
}

type Matched = {
  readonly matched: ReadonlyMap<number, ApprovalDecision>;
  readonly strays: readonly ApprovalDecision[];
  readonly kept: readonly ApprovalEntry[];
};

/** The decisions of entries that left leave with them, or they would come back as stubs. */
function remaining(decisions: readonly ApprovalDecision[], { matched, strays, kept }: Matched): readonly ApprovalDecision[] {
  const seqs = new Set(kept.map((entry) => entry.requestedSeq));
  const keys = new Set(kept.map((entry) => entry.key));
  const gone = new Set<ApprovalDecision>();
  for (const [seq, decision] of matched) if (!seqs.has(seq)) gone.add(decision);
  for (const decision of strays) if (!keys.has(decision.key ?? `seq:${decision.order.seq}`)) gone.add(decision);
  return decisions.filter((decision) => !gone.has(decision) && (decision.key === null || keys.has(decision.key)));
}

function byAppearance(a: ApprovalEntry, b: ApprovalEntry): number {
  const seqOf = (entry: ApprovalEntry) =>
    Math.min(entry.requestedSeq ?? entry.decidedSeq ?? 0, entry.decidedSeq ?? entry.requestedSeq ?? 0);
  return seqOf(a) - seqOf(b);
}
