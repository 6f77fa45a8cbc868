import type { CanonicalType, TeamMember } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { countOf, usageTokens } from "../usage/sum";
import { clip } from "./clip";
import { orderKey } from "./moment";
import { compareOrder } from "./order-key";
import { TeamDraft } from "./team-draft";
import type { TeamAgent, TeamState } from "./team-state";
import { isAgentWork } from "./work";

/** Stands for the run if a sender reports a delegation without saying who delegated (Powabase's coordinator has no name). */
export const runAsAgent = "(run)";

export function emptyTeam(): TeamState {
  return { agents: {}, edges: {}, tallies: { edges: {}, agents: {}, ended: null } };
}

function setStatus(draft: TeamDraft, event: LoggedEvent, agent: string, status: TeamAgent["status"]): void {
  const tally = draft.tally(agent);
  if (tally.statusAt !== null && compareOrder(event, tally.statusAt) < 0) return;
  draft.putTally(agent, { ...tally, statusAt: orderKey(event) });
  draft.change(agent, { status: status === "working" ? (draft.ended ?? status) : status });
}

function declare(draft: TeamDraft, event: LoggedEvent, member: TeamMember): void {
  const agent = draft.see(member.agent, event.seq);
  if (agent === null) return;
  draft.change(member.agent, {
    declared: true,
    role: member.role === undefined ? agent.role : clip(member.role, 200),
    capabilities: member.capabilities === undefined ? agent.capabilities : member.capabilities.slice(0, 50),
  });
}

function noteParent(draft: TeamDraft, agent: string, parent: string | undefined): void {
  if (parent !== undefined && parent !== agent && draft.agent(agent)?.parent === null) draft.change(agent, { parent });
}

/** The two ends of declared traffic; null if the sender does not say to whom. */
function ends(event: LoggedEvent): { from: string; to: string } | null {
  const from = event.edge?.from ?? (event.type === "message.received" ? undefined : event.agent) ?? runAsAgent;
  const to = event.edge?.to ?? (event.type === "message.received" ? event.agent : undefined);
  return to === undefined || to === from ? null : { from, to };
}

const tallied: Partial<Record<CanonicalType, "sent" | "received" | "delegated" | "returned">> = {
  "message.sent": "sent",
  "message.received": "received",
  "delegation.started": "delegated",
  "delegation.completed": "returned",
  "task.assigned": "delegated",
};

function noteTraffic(draft: TeamDraft, event: LoggedEvent): void {
  const count = tallied[event.type];
  const edge = count === undefined ? null : ends(event);
  if (count === undefined || edge === null) return;
  for (const agent of [edge.from, edge.to]) if (agent !== runAsAgent) draft.see(agent, event.seq);
  if (edge.to !== runAsAgent) draft.change(edge.to, { declared: true });
  const tally = draft.edgeTally(edge.from, edge.to);
  if (tally === null) return;
  const tokens = count === "returned" ? usageTokens(event.usage) : null;
  const cost = count === "returned" ? countOf(event.usage?.costNanos) : undefined;
  draft.putEdgeTally(edge, event.seq, {
    ...tally,
    [count]: tally[count] + 1,
    tokens: tokens === null ? tally.tokens : (tally.tokens ?? 0) + tokens,
    costNanos: cost === undefined ? tally.costNanos : (tally.costNanos ?? 0) + cost,
  });
}

function noteOwnUsage(draft: TeamDraft, event: LoggedEvent, agent: string): void {
  if (event.usage?.scope !== "agent") return;
  const tally = draft.tally(agent);
  draft.putTally(agent, {
    ...tally,
    tokens: tally.tokens + (usageTokens(event.usage) ?? 0),
    costNanos: tally.costNanos + (countOf(event.usage.costNanos) ?? 0),
  });
  draft.touchEdgesTo(agent);
}

function noteWorker(draft: TeamDraft, event: LoggedEvent, agent: string): void {
  const known = draft.see(agent, event.seq);
  if (known === null) return;
  noteParent(draft, agent, event.parentAgent);
  if (event.role !== undefined && known.role === null) draft.change(agent, { role: clip(event.role, 200) });
  if (known.status === "idle" || (known.status === "stopped" && draft.ended === null))
    draft.change(agent, { status: draft.ended ?? "working" });
}

function noteLife(draft: TeamDraft, event: LoggedEvent): void {
  const { agent } = event;
  switch (event.type) {
    case "agent.started":
      if (agent !== undefined) setStatus(draft, event, agent, "working");
      return;
    case "agent.completed":
      if (agent !== undefined) setStatus(draft, event, agent, "done");
      return;
    case "agent.failed":
      if (agent !== undefined) setStatus(draft, event, agent, "failed");
      return;
    case "role.assigned":
      if (agent !== undefined) declare(draft, event, { agent, ...(event.role === undefined ? {} : { role: event.role }) });
      for (const member of event.team?.members ?? []) declare(draft, event, member);
      return;
    case "team.recruited":
    case "team.updated":
      for (const member of event.team?.members ?? []) declare(draft, event, member);
      return;
    case "team.retired":
      for (const name of event.team?.members?.map((member) => member.agent) ?? draft.declaredAgents()) {
        if (draft.see(name, event.seq) !== null) setStatus(draft, event, name, "retired");
      }
      return;
    case "run.started":
    case "run.resumed":
      if (event.origin !== "watchfloor") draft.ended = null;
      return;
    case "run.completed":
      draft.endWork("done");
      break;
    case "run.failed":
    case "run.cancelled":
    case "run.expired":
      draft.endWork("stopped");
      break;
    default:
  }
}

const declaring: ReadonlySet<CanonicalType> = new Set<CanonicalType>([
  "role.assigned",
  "team.recruited",
  "team.updated",
  "team.retired",
  "message.received",
  "task.assigned",
  "run.started",
  "run.resumed",
  "run.completed",
  "run.failed",
  "run.cancelled",
  "run.expired",
  "delegation.started",
  "delegation.completed",
]);

/** Types that say more about the agent than that it is at work. */
const telling: ReadonlySet<CanonicalType> = new Set<CanonicalType>([
  ...declaring,
  "agent.started",
  "agent.completed",
  "agent.failed",
  "message.sent",
]);

/** Agents and the traffic between them, as senders declare it; an agent only seen at work has `declared: false`. */
export class TeamFold {
  readonly #slice: TeamState;
  #draft: TeamDraft | null = null;

  constructor(slice: TeamState) {
    this.#slice = slice;
  }

  take(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      const isWork = event.agent !== undefined && isAgentWork(event.type);
      if (!isWork && !declaring.has(event.type)) continue;
      this.#draft ??= new TeamDraft(this.#slice);
      if (isWork && event.agent !== undefined) {
        noteWorker(this.#draft, event, event.agent);
        noteOwnUsage(this.#draft, event, event.agent);
        if (!telling.has(event.type)) continue;
      }
      noteLife(this.#draft, event);
      noteTraffic(this.#draft, event);
    }
  }

  settle(): TeamState {
    return this.#draft === null ? this.#slice : this.#draft.settle();
  }
}

export function evolveTeam(slice: TeamState, events: readonly LoggedEvent[]): TeamState {
  const fold = new TeamFold(slice);
  fold.take(events);
  return fold.settle();
}
