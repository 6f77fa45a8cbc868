import { clip } from "./clip";
import { KeyMemo } from "./key-memo";
import { eventMs } from "./moment";
import type { TimelineDraft } from "./timeline-draft";
import { endWith } from "./timeline-handover";
import { adoptOrphans, attachAgent, attachToDelegation, delegationTo } from "./timeline-parents";
import { addClosedAgent, closeSpan, lineLimit, openAgentSpan, takeOpen } from "./timeline-spans";
import type { SpanStatus, TimelineFact } from "./timeline-state";

const openKeys = new KeyMemo("agent|");
/** Agents whose span was opened by work without a start; the first start confirms it. */
const impliedKeys = new KeyMemo("implied|");
const delegatedKeys = new KeyMemo("delegated|");

function place(draft: TimelineDraft, index: number, fact: TimelineFact, agent: string): void {
  const isFirst = draft.agentSpan(agent) === undefined;
  draft.setAgentSpan(agent, index);
  if (fact.parentAgent !== undefined && fact.parentAgent !== agent) attachAgent(draft, index, fact.parentAgent);
  else attachToDelegation(draft, index);
  if (isFirst) adoptOrphans(draft, agent);
}

function openAgent(draft: TimelineDraft, fact: TimelineFact, agent: string): number {
  const index = openAgentSpan(draft, fact, agent, openKeys.of(agent));
  place(draft, index, fact, agent);
  return index;
}

/** Text opens no span: the delegation already shows that a delegate is at work. */
const words: ReadonlySet<string> = new Set<TimelineFact["type"]>(["text.streamed", "text.completed", "agent.thought"]);

/** The first work seen from an agent opens its span; if a parent is declared only later, the span moves below it. */
export function seeAgent(draft: TimelineDraft, fact: TimelineFact, agent: string): void {
  const known = draft.agentSpan(agent);
  if (known === undefined) {
    if (fact.type === "agent.started" || fact.type === "agent.completed" || fact.type === "agent.failed") return;
    if (words.has(fact.type) && delegationTo(draft, agent) !== null) return;
    draft.setIndex(impliedKeys.of(agent), [openAgent(draft, fact, agent)]);
    return;
  }
  if (fact.parentAgent !== undefined && fact.parentAgent !== agent && draft.span(known).parentId === null)
    attachAgent(draft, known, fact.parentAgent);
}

/** A start confirms the span that earlier work opened if it is still open; otherwise it opens another one. */
export function startAgent(draft: TimelineDraft, fact: TimelineFact): void {
  const agent = fact.agent ?? "";
  const implied = draft.indexList(impliedKeys.of(agent))[0];
  if (implied !== undefined) {
    draft.setIndex(impliedKeys.of(agent), []);
    const span = draft.span(implied);
    if (span.closeSeq === null) {
      if (fact.summary !== undefined) draft.edit(implied).summary = clip(fact.summary, lineLimit);
      return;
    }
  }
  openAgent(draft, fact, agent);
}

/** Caps the list of delegations whose agent never ends: the oldest are dropped. */
const mostWaiting = 100;

/** A delegation that names its agent but no call ends with that agent, because Shannon reports no end of the delegation. */
export function expectDelegate(draft: TimelineDraft, index: number, fact: TimelineFact): void {
  const agent = fact.edge?.to;
  if (agent === undefined || (fact.callId ?? "") !== "") return;
  const waiting = draft.indexList(delegatedKeys.of(agent)).filter((other) => draft.span(other).closeSeq === null);
  draft.setIndex(delegatedKeys.of(agent), [...waiting.slice(1 - mostWaiting), index]);
}

/** If the delegation's own end is reported, before or after this, that one counts. */
function endDelegation(draft: TimelineDraft, fact: TimelineFact, status: SpanStatus): void {
  const key = delegatedKeys.of(fact.agent ?? "");
  const waiting = draft.indexList(key);
  if (waiting.length === 0) return;
  const [oldest, ...others] = waiting.filter((index) => draft.span(index).closeSeq === null);
  draft.setIndex(key, others);
  // The agent's spending and words stay with the agent.
  const { usage: _, summary: __, ...bare } = fact;
  if (oldest !== undefined) closeSpan(draft, oldest, bare, status);
}

/**
 * The end of a delegation also ends the span that the delegate's work opened below it: Powabase reports no end of an agent, and any later
 * work, whoever's it is, would be drawn as that agent's.
 */
export function endDelegate(draft: TimelineDraft, delegation: number, fact: TimelineFact): void {
  const { id, name, status } = draft.span(delegation);
  const key = impliedKeys.of(name);
  const [index] = draft.indexList(key);
  const span = draft.find(index);
  if (index === undefined || span?.parentId !== id) return;
  draft.setIndex(key, []);
  if (span.endMs === null) endWith(draft, index, status, eventMs(fact));
}

/** An end without a start is a span of the reported duration; a repeated end is ignored. */
export function endAgent(draft: TimelineDraft, fact: TimelineFact): void {
  const agent = fact.agent ?? "";
  const status = fact.type === "agent.failed" || fact.error !== undefined ? "failed" : "succeeded";
  const index = takeOpen(draft, openKeys.of(agent));
  endDelegation(draft, fact, status);
  if (index !== null) {
    closeSpan(draft, index, fact, status);
    return;
  }
  if (draft.agentSpan(agent) !== undefined) return;
  place(draft, addClosedAgent(draft, fact, agent, status), fact, agent);
}
