import { eventMs, isOrderedBySender, orderKey } from "./moment";
import { endAgent, endDelegate, expectDelegate, seeAgent, startAgent } from "./timeline-agents";
import type { TimelineDraft } from "./timeline-draft";
import { endOther, expectHandover, joinHandover } from "./timeline-handover";
import { clearContainers, parentOfWork } from "./timeline-parents";
import { addClosed, closeSpan, cutSpan, cutStatus, modelKey, openSpan, pairKey, takeOpen } from "./timeline-spans";
import type { SpanKind, SpanStatus, TimelineFact } from "./timeline-state";
import { decideWait, endToldWait, requestWait } from "./timeline-waits";
import { isAgentWork } from "./work";

function start(draft: TimelineDraft, kind: SpanKind, fact: TimelineFact): number {
  return openSpan(draft, kind, fact, { key: pairKey(kind, fact), parentId: parentOfWork(draft, fact, kind) });
}

/** Index of the span that it ends; null if only its end was reported. */
function finish(draft: TimelineDraft, kind: SpanKind, fact: TimelineFact, hasFailed: boolean): number | null {
  const status = hasFailed || fact.error !== undefined ? "failed" : "succeeded";
  const index = takeOpen(draft, pairKey(kind, fact), kind === "step" ? "newest" : "oldest");
  if (index === null) addClosed(draft, kind, fact, { parentId: parentOfWork(draft, fact, kind), status });
  else closeSpan(draft, index, fact, status);
  return index;
}

function callTool(draft: TimelineDraft, fact: TimelineFact): void {
  expectHandover(draft, start(draft, "tool", fact), fact);
}

function finishTool(draft: TimelineDraft, fact: TimelineFact): void {
  const index = finish(draft, "tool", fact, fact.type === "tool.failed");
  const delegation = index === null ? null : endOther(draft, index, fact);
  if (delegation !== null) endDelegate(draft, delegation, fact);
  endToldWait(draft, fact);
}

function startDelegation(draft: TimelineDraft, fact: TimelineFact): void {
  const index = start(draft, "delegation", fact);
  joinHandover(draft, index, fact);
  expectDelegate(draft, index, fact);
}

function finishDelegation(draft: TimelineDraft, fact: TimelineFact): void {
  const index = finish(draft, "delegation", fact, false);
  if (index === null) return;
  endOther(draft, index, fact);
  endDelegate(draft, index, fact);
}

/** A delegate that itself reports the delegation's end is no longer at work. */
function isAtWork(fact: TimelineFact): boolean {
  return isAgentWork(fact.type) && (fact.type !== "delegation.completed" || fact.agent !== fact.edge?.to);
}

/** A text stream cannot outlive its step or agent: some senders never report the end of the model call. */
function finishStreams(draft: TimelineDraft, fact: TimelineFact): void {
  const key = modelKey(fact.agent ?? "");
  const list = draft.openList(key);
  if (list.length === 0) return;
  for (const index of list) {
    if (draft.span(index).endMs === null) cutSpan(draft, index, "succeeded", eventMs(fact));
  }
  draft.setOpen(key, []);
}

function stream(draft: TimelineDraft, fact: TimelineFact): void {
  const isOpen = draft.openList(pairKey("model", fact)).some((index) => draft.span(index).endMs === null);
  if (!isOpen) start(draft, "model", fact);
}

function endRun(draft: TimelineDraft, fact: TimelineFact): void {
  const status: SpanStatus = fact.type === "run.completed" ? "succeeded" : "cancelled";
  const ms = eventMs(fact);
  const { phase } = draft;
  draft.setPhase({ ...phase, ended: { ms, status, at: orderKey(fact) } });
  if (phase.ended !== null) return;
  for (const list of draft.openLists()) {
    for (const index of list) {
      const span = draft.span(index);
      if (span.endMs === null) cutSpan(draft, index, cutStatus(span.kind, status), ms);
    }
  }
  clearContainers(draft);
}

/** What an end cut stays cut; only what comes after the new start is open again. */
function startRun(draft: TimelineDraft, fact: TimelineFact): void {
  const { phase } = draft;
  const isStart = fact.type === "run.started";
  const wasOvertaken = isStart && !phase.started && phase.ended !== null && !isOrderedBySender(orderKey(fact), phase.ended.at);
  const ended = wasOvertaken ? phase.ended : null;
  if (ended !== phase.ended || (isStart && !phase.started)) draft.setPhase({ ...phase, ended, started: phase.started || isStart });
}

/** Applies one fact. Facts come in the sender's order: see timeline-window.ts. */
export function applyFact(draft: TimelineDraft, fact: TimelineFact): void {
  if (fact.agent !== undefined && isAtWork(fact)) seeAgent(draft, fact, fact.agent);
  switch (fact.type) {
    case "run.started":
    case "run.resumed":
      startRun(draft, fact);
      break;
    case "run.completed":
    case "run.failed":
    case "run.cancelled":
    case "run.expired":
      endRun(draft, fact);
      break;
    case "agent.started":
      startAgent(draft, fact);
      break;
    case "agent.completed":
    case "agent.failed":
      finishStreams(draft, fact);
      endAgent(draft, fact);
      break;
    case "step.started":
      start(draft, "step", fact);
      break;
    case "step.completed":
    case "step.failed":
      finishStreams(draft, fact);
      finish(draft, "step", fact, fact.type === "step.failed");
      break;
    case "tool.called":
      callTool(draft, fact);
      break;
    case "tool.returned":
    case "tool.failed":
      finishTool(draft, fact);
      break;
    case "hook.completed":
      endToldWait(draft, fact);
      break;
    case "model.prompted":
      start(draft, "model", fact);
      break;
    case "model.streamed":
      stream(draft, fact);
      break;
    case "model.completed":
      finish(draft, "model", fact, false);
      break;
    case "delegation.started":
      startDelegation(draft, fact);
      break;
    case "delegation.completed":
      finishDelegation(draft, fact);
      break;
    case "task.assigned":
      start(draft, "task", fact);
      break;
    case "task.completed":
      finish(draft, "task", fact, false);
      break;
    case "approval.requested":
      requestWait(draft, fact);
      break;
    case "approval.decided":
      decideWait(draft, fact);
      break;
    case "error.occurred":
      addClosed(draft, "error", fact, { parentId: parentOfWork(draft, fact, "error"), status: "failed" });
      return;
    default:
  }
}
