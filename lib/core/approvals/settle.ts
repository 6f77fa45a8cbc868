import { compareOrder } from "../run/order-key";
import { stands } from "../run/standing";
import { matchDecisions } from "./match";
import { undecided } from "./request-entry";
import type { ApprovalDecision, ApprovalEntry, ApprovalStatus, ApprovalsState } from "./state";

/** What a full state is trimmed to: well below the limits, so that trimming is rare. */
export const keptEntries = 300;
const keptUnmatched = 100;

/** Whether the run ended after the request, or is ended now. */
function isCutOff(entry: ApprovalEntry, state: ApprovalsState): boolean {
  if (state.ended === null) return false;
  if (stands(state.ended, state.opened)) return true;
  return entry.requestedOrder !== null && compareOrder(entry.requestedOrder, state.ended) < 0;
}

/** The entry for a decision whose request is unknown; an existing one is kept as it was. */
function stub(decision: ApprovalDecision, stubs: ReadonlyMap<string, ApprovalEntry>): ApprovalEntry {
  const key = decision.key ?? `seq:${decision.order.seq}`;
  const before = stubs.get(key);
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
    ...(decision.exact === undefined ? {} : { decidedExact: decision.exact }),
  };
}

function withOutcome(entry: ApprovalEntry, decision: ApprovalDecision | undefined, undecidedStatus: ApprovalStatus): ApprovalEntry {
  const status = decision?.status ?? undecidedStatus;
  if (entry.status === status && entry.decidedSeq === (decision?.order.seq ?? null)) return entry;
  const { decidedExact: _, ...asked } = entry;
  return { ...asked, ...undecided, status, ...(decision === undefined ? {} : outcomeOf(decision)) };
}

/** Of the requests under one id, the one asked last is current. */
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

/** Rematches requests with decisions and sets each outcome; entries whose outcome is unchanged keep their identity. */
export function settleApprovals(state: ApprovalsState): ApprovalsState {
  const known = state.entries.filter((entry) => entry.requestedSeq !== null);
  const stubs = new Map(state.entries.filter((entry) => entry.requestedSeq === null).map((entry) => [entry.key, entry]));
  const requests = [...known].sort(byRequest);
  const { matched, strays } = matchDecisions(requests, state.decisions);
  const last = standing(requests);
  const entries = known.map((entry) => {
    const status = last.get(entry.key) !== entry ? "superseded" : isCutOff(entry, state) ? "cancelled" : "pending";
    return withOutcome(entry, matched.get(entry.requestedSeq ?? 0), status);
  });
  for (const decision of strays) entries.push(stub(decision, stubs));
  entries.sort(byAppearance);
  let pending = 0;
  for (const entry of entries) if (entry.status === "pending") pending += 1;
  return { ...state, entries, pending };
}

/**
 * Makes room: older decided entries are dropped first, then the oldest pending. Their decisions are dropped too, or they would come back as
 * stubs. Decisions that decided nothing (duplicates, echoes) stay only while recent.
 */
export function trimApprovals(state: ApprovalsState): ApprovalsState {
  let excess = state.entries.length - keptEntries;
  const entries = state.entries.filter((entry) => entry.status === "pending" || excess-- <= 0).slice(-keptEntries);
  const kept = new Set(entries);
  const keys = new Set(entries.map((entry) => entry.key));
  const seqsOf = (list: readonly ApprovalEntry[]) => new Set(list.map((entry) => entry.decidedSeq));
  const counting = seqsOf(entries);
  const gone = seqsOf(state.entries.filter((entry) => !kept.has(entry)));
  const idle = state.decisions.filter(
    ({ key, order }) => !counting.has(order.seq) && !gone.has(order.seq) && (key === null || keys.has(key)),
  );
  const recent = new Set(idle.slice(-keptUnmatched));
  const decisions = state.decisions.filter((decision) => counting.has(decision.order.seq) || recent.has(decision));
  return { ...state, entries, decisions, pending: entries.filter((entry) => entry.status === "pending").length };
}

function byAppearance(a: ApprovalEntry, b: ApprovalEntry): number {
  const seqOf = (entry: ApprovalEntry) =>
    Math.min(entry.requestedSeq ?? entry.decidedSeq ?? 0, entry.decidedSeq ?? entry.requestedSeq ?? 0);
  return seqOf(a) - seqOf(b);
}
