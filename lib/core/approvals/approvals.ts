import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { eventMs, orderKey } from "../run/moment";
import { compareOrder, type OrderKey } from "../run/order-key";
import { later, startKey } from "../run/standing";
import { settleApprovals } from "./settle";
import type { ApprovalDecision, ApprovalEntry, ApprovalsState } from "./state";

const decisionLimit = 500;
const textLimit = 4_000;
/** Near the limits each event is settled by itself, so that what leaves does not depend on how the events were batched. */
const settleAtOnce = 500;

export function emptyApprovals(): ApprovalsState {
  return { entries: [], pending: 0, decisions: [], ended: null, opened: null };
}

const text = (value: string | undefined, max = textLimit): string | null => (value === undefined ? null : clip(value, max));

function requestEntry(event: LoggedEvent): ApprovalEntry {
  const approval = event.approval ?? {};
  const named = approval.id !== undefined && approval.id !== "";
  return {
    key: named && approval.id !== undefined ? approval.id : `seq:${event.seq}`,
    status: "pending",
    kind: approval.kind ?? (approval.tool === undefined ? "input" : "tool"),
    requestedSeq: event.seq,
    requestedAtMs: eventMs(event),
    agent: event.agent ?? null,
    tool: approval.tool ?? null,
    arguments: approval.arguments ?? null,
    question: text(approval.question ?? event.summary),
    channel: text(approval.channel, 200),
    risk: text(approval.risk, 200),
    timeoutMs: approval.timeoutMs !== undefined && Number.isFinite(approval.timeoutMs) ? approval.timeoutMs : null,
    decidedSeq: null,
    decidedAtMs: null,
    decidedBy: null,
    comment: null,
    answer: null,
    requestedOrder: orderKey(event),
    named,
  };
}

function decisionOf(event: LoggedEvent): ApprovalDecision {
  const approval = event.approval ?? {};
  const word = approval.decision ?? "answered";
  return {
    key: approval.id === undefined || approval.id === "" ? null : approval.id,
    status: word === "timeout" ? "expired" : word,
    order: orderKey(event),
    atMs: eventMs(event),
    by: text(approval.decidedBy, 200),
    comment: text(approval.comment),
    answer: approval.answer ?? null,
  };
}

/** Adds a decision at its place in the sender's order. */
function insertDecision(decisions: ApprovalDecision[], decision: ApprovalDecision): void {
  let at = decisions.length;
  while (at > 0 && compareOrder(decision.order, decisions[at - 1]?.order ?? decision.order) < 0) at -= 1;
  decisions.splice(at, 0, decision);
  if (decisions.length > decisionLimit) decisions.shift();
}

/** The same id asked for twice is the same request: the earlier one by the sender's order, whichever arrives first. */
function insertRequest(entries: ApprovalEntry[], entry: ApprovalEntry, order: OrderKey): void {
  const at = entries.findIndex((known) => known.key === entry.key);
  const known = entries[at];
  if (known === undefined) entries.push(entry);
  else if (known.requestedOrder === null || compareOrder(order, known.requestedOrder) < 0) entries[at] = entry;
}

/** Requests to humans and what became of them; order of arrival does not matter. Matching is in settle.ts. */
export function evolveApprovals(slice: ApprovalsState, events: readonly LoggedEvent[]): ApprovalsState {
  let entries: ApprovalEntry[] | null = null;
  let decisions: ApprovalDecision[] | null = null;
  let { ended, opened } = slice;
  let changed = false;
  const draft = (): ApprovalsState => ({
    entries: entries ?? slice.entries,
    pending: slice.pending,
    decisions: decisions ?? slice.decisions,
    ended,
    opened,
  });
  for (const event of events) {
    switch (event.type) {
      case "approval.requested":
        entries ??= [...slice.entries];
        insertRequest(entries, requestEntry(event), orderKey(event));
        break;
      case "approval.decided":
        decisions ??= [...slice.decisions];
        insertDecision(decisions, decisionOf(event));
        break;
      case "run.started":
      case "run.resumed":
        opened = later(opened, startKey(event, event.type === "run.started" && opened === null, ended));
        break;
      case "run.completed":
      case "run.failed":
      case "run.cancelled":
      case "run.expired":
        ended = later(ended, orderKey(event));
        break;
      default:
        continue;
    }
    changed = true;
    if ((entries ?? slice.entries).length + (decisions ?? slice.decisions).length > settleAtOnce) {
      const settled = settleApprovals(draft());
      entries = [...settled.entries];
      decisions = [...settled.decisions];
    }
  }
  return changed ? settleApprovals(draft()) : slice;
}
