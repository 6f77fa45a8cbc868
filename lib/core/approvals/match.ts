import { compareOrder } from "../run/order-key";
import type { ApprovalDecision, ApprovalEntry } from "./state";

export type Matches = {
  /** By the request's seq. */
  readonly matched: ReadonlyMap<number, ApprovalDecision>;
  /** Decisions about unknown requests. */
  readonly strays: readonly ApprovalDecision[];
};

type Draft = { readonly matched: Map<number, ApprovalDecision>; readonly strays: ApprovalDecision[]; readonly strayKeys: Set<string> };

const isOwn = (decision: ApprovalDecision): boolean => decision.through === "watchfloor";
const seqOf = (entry: ApprovalEntry): number => entry.requestedSeq ?? 0;

/** A tool's outcome is not a decision: by itself it says nothing about a request. */
function addStray(draft: Draft, decision: ApprovalDecision): void {
  if (decision.inferredOf !== null) return;
  if (decision.key !== null && draft.strayKeys.has(decision.key)) return;
  if (decision.key !== null) draft.strayKeys.add(decision.key);
  draft.strays.push(decision);
}

/** The version of the request with this id that was current when the decision was made. */
function versionAt(versions: readonly ApprovalEntry[], decision: ApprovalDecision): ApprovalEntry | undefined {
  let found = versions[0];
  for (const entry of versions) if (entry.requestedOrder !== null && compareOrder(entry.requestedOrder, decision.order) <= 0) found = entry;
  return found;
}

type Versions = ReadonlyMap<string, readonly ApprovalEntry[]>;

/** What each request was replaced by under the same id. */
function successorsOf(versions: Versions): ReadonlyMap<ApprovalEntry, ApprovalEntry> {
  const next = new Map<ApprovalEntry, ApprovalEntry>();
  for (const list of versions.values())
    for (let at = 1; at < list.length; at++) next.set(list[at - 1] as ApprovalEntry, list[at] as ApprovalEntry);
  return next;
}

/** Whether it had been asked by then and not yet replaced. */
function stoodAt(entry: ApprovalEntry, { order }: ApprovalDecision, successor: ApprovalEntry | undefined): boolean {
  if (entry.requestedOrder === null || compareOrder(entry.requestedOrder, order) > 0) return false;
  return successor?.requestedOrder == null || compareOrder(successor.requestedOrder, order) > 0;
}

/** Requests by key, each list in the sender's order. */
function versionsOf(requests: readonly ApprovalEntry[]): Versions {
  const versions = new Map<string, ApprovalEntry[]>();
  for (const entry of requests) {
    const list = versions.get(entry.key);
    if (list === undefined) versions.set(entry.key, [entry]);
    else list.push(entry);
  }
  return versions;
}

/** The request that a decision names, in the version current when the decision was made. */
function namedTarget(versions: Versions, decision: ApprovalDecision): ApprovalEntry | undefined {
  return versionAt(versions.get(decision.key ?? "") ?? [], decision);
}

/** Our own decisions name the request that was shown by its seq, so they never move to a later version. */
function ownTarget(requests: readonly ApprovalEntry[], versions: Versions, decision: ApprovalDecision): ApprovalEntry | undefined {
  if (decision.requestSeq !== null) return requests.find((entry) => entry.requestedSeq === decision.requestSeq);
  return namedTarget(versions, decision);
}

type Asked = {
  readonly requests: readonly ApprovalEntry[];
  readonly successors: ReadonlyMap<ApprovalEntry, ApprovalEntry>;
};

/**
 * The request that a decision without an id most likely meant, among those open when it was made. Agents whose requests have no id report
 * back a decision that was made through us: if it comes right after such a decision and before the next request, it is that echo ("echo").
 * Otherwise it is the oldest open request (real Shannon and agent-os name none). A request made through our own API is decided only through
 * it.
 */
function guess(
  { requests, successors }: Asked,
  decision: ApprovalDecision,
  { matched, echoed }: { readonly matched: ReadonlyMap<number, ApprovalDecision>; readonly echoed: Set<number> },
): number | "echo" | null {
  let oldestOpen: number | null = null;
  let lastAsked: ApprovalEntry | null = null;
  let lastAnswered: { seq: number; decision: ApprovalDecision } | null = null;
  for (const entry of requests) {
    if (!stoodAt(entry, decision, successors.get(entry))) continue;
    const isOurs = entry.askedThrough === "watchfloor";
    if (decision.inferredOf !== null && !mayTellOf(decision, entry)) continue;
    lastAsked = entry;
    const explicit = matched.get(seqOf(entry));
    if (explicit === undefined) oldestOpen = isOurs ? oldestOpen : (oldestOpen ?? seqOf(entry));
    else if (echoes(entry, explicit) && !echoed.has(seqOf(entry)) && compareOrder(explicit.order, decision.order) < 0)
      lastAnswered = { seq: seqOf(entry), decision: explicit };
  }
  const askedSince =
    lastAnswered !== null && lastAsked?.requestedOrder != null && compareOrder(lastAsked.requestedOrder, lastAnswered.decision.order) > 0;
  if (lastAnswered !== null && !askedSince) {
    echoed.add(lastAnswered.seq);
    return "echo";
  }
  return oldestOpen;
}

/**
 * The request that a decision without an id turned out to mean, plus those that ask the same question again: a node that is rerun asks
 * again, and one answer ends the wait. A yes or no covers one call only.
 */
function repeatsOf(seq: number, requests: readonly ApprovalEntry[], { status, order }: ApprovalDecision): readonly ApprovalEntry[] {
  const meant = requests.find((entry) => seqOf(entry) === seq);
  return requests.filter(
    (entry) =>
      entry === meant ||
      (status === "answered" &&
        isQuestion(entry) &&
        isSameQuestion(entry, meant) &&
        compareOrder(entry.requestedOrder ?? order, order) <= 0),
  );
}

const isQuestion = ({ named, tool, question, askedThrough }: ApprovalEntry): boolean =>
  !named && tool === null && question !== null && askedThrough === "source";

const isSameQuestion = (entry: ApprovalEntry, other: ApprovalEntry | undefined): boolean =>
  other !== undefined && isQuestion(other) && entry.question === other.question && entry.agent === other.agent;

/** Whether a tool's outcome can be about this request: not if it is another tool's or another call's, nor if we decide the request. */
function mayTellOf({ inferredOf, callId }: ApprovalDecision, entry: ApprovalEntry): boolean {
  if (entry.named && entry.askedThrough === "watchfloor") return false;
  if (inferredOf !== "" && entry.tool !== inferredOf) return false;
  return callId === undefined || entry.callId === undefined || callId === entry.callId;
}

/** Whether an agent may report this decision back without naming the request. */
function echoes(entry: ApprovalEntry, explicit: ApprovalDecision): boolean {
  return isOwn(explicit) || (!entry.named && explicit.key !== null);
}

/**
 * Which decision counts for which request; both lists are in the sender's order. Ours go first; among the others, the earliest that names
 * the request counts.
 */
export function matchDecisions(requests: readonly ApprovalEntry[], decisions: readonly ApprovalDecision[]): Matches {
  const draft: Draft = { matched: new Map(), strays: [], strayKeys: new Set() };
  const versions = versionsOf(requests);
  for (const decision of decisions.filter(isOwn)) {
    const target = ownTarget(requests, versions, decision);
    if (target === undefined) addStray(draft, decision);
    else if (!draft.matched.has(seqOf(target))) draft.matched.set(seqOf(target), decision);
  }
  for (const decision of decisions) {
    if (isOwn(decision) || decision.key === null) continue;
    const target = namedTarget(versions, decision);
    if (target === undefined) addStray(draft, decision);
    else if (target.askedThrough !== "watchfloor" && !draft.matched.has(seqOf(target))) draft.matched.set(seqOf(target), decision);
  }
  const asked: Asked = { requests, successors: successorsOf(versions) };
  const echoed = new Set<number>();
  for (const decision of decisions) {
    if (isOwn(decision) || decision.key !== null) continue;
    const target = guess(asked, decision, { matched: draft.matched, echoed });
    if (target === null) addStray(draft, decision);
    else if (target !== "echo") {
      for (const entry of repeatsOf(target, requests, decision))
        if (!draft.matched.has(seqOf(entry))) draft.matched.set(seqOf(entry), decision);
    }
  }
  return draft;
}
