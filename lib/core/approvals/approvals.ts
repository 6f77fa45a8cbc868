import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { eventMs, orderKey } from "../run/moment";
import { compareOrder } from "../run/order-key";
import { isSignOfLife } from "../run/sign-of-life";
import { later, startKey } from "../run/standing";
import { withoutLongAnswer, withoutLongParts } from "./hold-back";
import { inferred, toolOf } from "./inferred";
import { insertRequest, requestEntry } from "./request-entry";
import { markResumed } from "./resumed";
import { keptEntries, settleApprovals, trimApprovals } from "./settle";
import type { ApprovalDecision, ApprovalEntry, ApprovalsState } from "./state";

/** Beyond these the state is trimmed immediately, so what is dropped does not depend on how events were batched. */
const requestLimit = 500;
const decisionLimit = 500;
/** Results of tools that nobody has been asked about yet: a request may arrive after its outcome, but not long after. */
const heldLimit = 16;
const textLimit = 4_000;

export function emptyApprovals(): ApprovalsState {
  return { entries: [], pending: 0, awaited: 0, decisions: [], ended: null, opened: null };
}

const text = (value: string | undefined, max = textLimit): string | null => (value === undefined ? null : clip(value, max));

function decisionOf(event: LoggedEvent): ApprovalDecision {
  const approval = event.approval ?? {};
  const word = approval.decision ?? "answered";
  const own = event.origin === "watchfloor";
  return withoutLongAnswer({
    key: approval.id === undefined || approval.id === "" ? null : approval.id,
    status: word === "timeout" ? "expired" : word,
    order: orderKey(event),
    atMs: eventMs(event),
    by: text(approval.decidedBy, 200),
    through: own ? "watchfloor" : "source",
    inferredOf: event.type === "approval.decided" ? null : (toolOf(event) ?? ""),
    ...(event.type !== "hook.completed" && event.callId !== undefined ? { callId: event.callId } : {}),
    requestSeq: own && Number.isSafeInteger(approval.requestSeq) ? (approval.requestSeq ?? null) : null,
    comment: text(approval.comment),
    answer: approval.answer ?? null,
    editedArguments: approval.editedArguments ?? null,
    ...(approval.exact === undefined ? {} : { exact: approval.exact }),
  });
}

const isAsked = (entry: ApprovalEntry) => entry.requestedSeq !== null;

/** Whether nobody has been asked about its tool yet. A stub does not count: when it is created depends on where the log was cut. */
function isHeld({ inferredOf }: ApprovalDecision, entries: readonly ApprovalEntry[]): boolean {
  return inferredOf !== null && !entries.some((entry) => isAsked(entry) && (inferredOf === "" || entry.tool === inferredOf));
}

/** Adds the outcome of a tool that nobody was asked about: the request may still arrive, and precede it in the sender's order. */
function hold(decisions: ApprovalDecision[], decision: ApprovalDecision, entries: readonly ApprovalEntry[]): void {
  insertDecision(decisions, decision);
  const held = decisions.filter((each) => isHeld(each, entries));
  const earliest = held[0];
  if (held.length > heldLimit && earliest !== undefined) decisions.splice(decisions.indexOf(earliest), 1);
}

/** If the sender gives no order, the order of arrival counts: a request that is not here yet comes later. */
const isOrdered = ({ order }: ApprovalDecision) => order.sourceSeq !== undefined || order.occurredAtMs !== undefined;

/** Inserts a decision at its place in the sender's order. */
function insertDecision(decisions: ApprovalDecision[], decision: ApprovalDecision): void {
  let at = decisions.length;
  while (at > 0 && compareOrder(decision.order, decisions[at - 1]?.order ?? decision.order) < 0) at -= 1;
  decisions.splice(at, 0, decision);
}

/** Stubs do not count: they are derived from decisions, and created only when a batch is settled. */
function isFull(entries: readonly ApprovalEntry[], decisions: readonly ApprovalDecision[]): boolean {
  if (decisions.length > decisionLimit) return true;
  return entries.length > requestLimit && entries.filter(isAsked).length > requestLimit;
}

/** Receives what leaves a full state, as it was settled at that point. */
type Leaving = (entries: readonly ApprovalEntry[]) => void;

/** What left the state during these events; nothing else knows of it afterwards. */
export function leavers(slice: ApprovalsState, events: readonly LoggedEvent[]): ApprovalEntry[] {
  if (slice.entries.length + slice.decisions.length + events.length <= Math.min(requestLimit, decisionLimit)) return [];
  const all: ApprovalEntry[] = [];
  evolve(slice, events, (gone) => all.push(...gone));
  return all;
}

/**
 * Whether requests may have left this state. A full state is trimmed to more than this; a decision and its late request merge into one
 * entry.
 */
export function mayHaveLeft(slice: ApprovalsState): boolean {
  return slice.entries.length >= keptEntries / 2;
}

/** Requests to humans and their outcomes; the order of arrival does not matter. Matching is in settle.ts. */
export function evolveApprovals(slice: ApprovalsState, events: readonly LoggedEvent[]): ApprovalsState {
  return evolve(slice, events);
}

function evolve(slice: ApprovalsState, events: readonly LoggedEvent[], leaving?: Leaving): ApprovalsState {
  let entries: ApprovalEntry[] | null = null;
  let decisions: ApprovalDecision[] | null = null;
  let { ended, opened } = slice;
  let changed = false;
  const draft = (): ApprovalsState => ({
    ...slice,
    entries: entries ?? slice.entries,
    decisions: decisions ?? slice.decisions,
    ended,
    opened,
  });
  for (const event of events) {
    switch (event.type) {
      case "approval.requested":
        entries ??= [...slice.entries];
        insertRequest(entries, withoutLongParts(requestEntry(event)));
        break;
      case "approval.decided":
        decisions ??= [...slice.decisions];
        insertDecision(decisions, decisionOf(event));
        break;
      case "tool.returned":
      case "tool.failed":
      case "hook.completed": {
        const told = inferred(event);
        if (told === null) continue;
        const decision = decisionOf(told);
        const isEarly = isHeld(decision, entries ?? slice.entries);
        if (isEarly && !isOrdered(decision)) continue;
        decisions ??= [...slice.decisions];
        if (isEarly) {
          hold(decisions, decision, entries ?? slice.entries);
          continue;
        }
        insertDecision(decisions, decision);
        break;
      }
      case "run.started":
      case "run.resumed":
        if (event.origin === "watchfloor") continue;
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
    if (isFull(entries ?? slice.entries, decisions ?? slice.decisions)) {
      const settled = settleApprovals(draft());
      const trimmed = trimApprovals(settled);
      leaving?.(settled.entries.filter((entry) => !trimmed.entries.includes(entry)));
      entries = [...trimmed.entries];
      decisions = [...trimmed.decisions];
    }
  }
  if (changed) return markResumed(settleApprovals(draft()), events);
  const held = decisions === null ? slice : draft();
  return slice.awaited > 0 && events.some(isSignOfLife) ? markResumed(held, events) : held;
}
