import type { Keyed } from "./record";
import { RecordDraft } from "./record-draft";
import type { AgentTally, EdgeTally, TeamAgent, TeamEdge, TeamState, TeamTallies } from "./team-state";

const agentLimit = 1_000;
const edgeLimit = 5_000;

const noTallies: TeamTallies = { edges: {}, agents: {}, ended: null };
const noTally: AgentTally = { tokens: 0, costNanos: 0, statusAt: null };
const noEdgeTally: EdgeTally = { sent: 0, received: 0, delegated: 0, returned: 0, tokens: null, costNanos: null };

const edgeKey = (from: string, to: string): string => `${from}\u0000${to}`;

/** Keys of the edges that lead to an agent, in order, and the place of the first that delegated; -1 = none did. */
type Inbound = { readonly keys: string[]; first: number };

function reached(inbound: Map<string, Inbound>, agent: string): Inbound {
  const known = inbound.get(agent);
  if (known !== undefined) return known;
  const fresh: Inbound = { keys: [], first: -1 };
  inbound.set(agent, fresh);
  return fresh;
}

function inboundOf(edges: Keyed<TeamEdge>): Map<string, Inbound> {
  const inbound = new Map<string, Inbound>();
  for (const [key, edge] of Object.entries(edges)) {
    const to = reached(inbound, edge.to);
    to.keys.push(key);
    if (to.first < 0 && edge.delegations > 0) to.first = to.keys.length - 1;
  }
  return inbound;
}

/** Records that an edge delegated for the first time; returns the key of the previous first edge if it has been displaced. */
function noteDelegation(inbound: Inbound, key: string): string | null {
  const place = inbound.keys.lastIndexOf(key);
  if (inbound.first >= 0 && inbound.first < place) return null;
  const displaced = inbound.keys[inbound.first] ?? null;
  inbound.first = place;
  return displaced;
}

/** The team while a batch is folded. */
export class TeamDraft {
  ended: TeamTallies["ended"];
  private readonly agents: RecordDraft<TeamAgent>;
  private readonly edges: RecordDraft<TeamEdge>;
  private readonly agentTallies: RecordDraft<AgentTally>;
  private readonly edgeTallies: RecordDraft<EdgeTally>;
  private inbound: Map<string, Inbound> | null = null;

  constructor(private readonly base: TeamState) {
    const tallies = base.tallies ?? noTallies;
    this.agents = new RecordDraft(base.agents);
    this.edges = new RecordDraft(base.edges);
    this.agentTallies = new RecordDraft(tallies.agents);
    this.edgeTallies = new RecordDraft(tallies.edges);
    this.ended = tallies.ended;
  }

  agent(name: string): TeamAgent | undefined {
    return this.agents.get(name);
  }

  /** The agent, added if new; null once there are too many to keep. */
  see(name: string, seq: number): TeamAgent | null {
    const known = this.agents.get(name);
    if (known !== undefined) return known;
    if (this.agents.count() >= agentLimit) return null;
    const fresh: TeamAgent = {
      agent: name,
      role: null,
      parent: null,
      status: "idle",
      capabilities: [],
      declared: false,
      firstSeq: seq,
    };
    this.agents.set(name, fresh);
    return fresh;
  }

  change(name: string, to: Partial<TeamAgent>): void {
    const known = this.agents.get(name);
    if (known === undefined) return;
    const keys = Object.keys(to) as (keyof TeamAgent)[];
    if (keys.some((key) => to[key] !== known[key])) this.agents.set(name, { ...known, ...to });
  }

  declaredAgents(): string[] {
    return Object.values(this.agents.read()).flatMap((agent) => (agent.declared ? [agent.agent] : []));
  }

  /** The run is over: none of its agents is at work any more. */
  endWork(status: "done" | "stopped"): void {
    this.ended = status;
    for (const agent of Object.values(this.agents.read())) if (agent.status === "working") this.change(agent.agent, { status });
  }

  tally(agent: string): AgentTally {
    return this.agentTallies.get(agent) ?? noTally;
  }

  putTally(agent: string, tally: AgentTally): void {
    if (this.agents.get(agent) !== undefined) this.agentTallies.set(agent, tally);
  }

  edgeTally(from: string, to: string): EdgeTally | null {
    const known = this.edgeTallies.get(edgeKey(from, to));
    if (known !== undefined) return known;
    return this.edgeTallies.count() >= edgeLimit ? null : noEdgeTally;
  }

  putEdgeTally({ from, to }: { from: string; to: string }, seq: number, tally: EdgeTally): void {
    const key = edgeKey(from, to);
    const inbound = this.inboundTo(to);
    this.edgeTallies.set(key, tally);
    const before = this.edges.get(key);
    const edge: TeamEdge = {
      from,
      to,
      delegations: Math.max(tally.delegated, tally.returned),
      messages: Math.max(tally.sent, tally.received),
      tokens: before?.tokens ?? 0,
      costNanos: before?.costNanos ?? 0,
      lastSeq: seq,
    };
    this.edges.set(key, edge);
    if (before === undefined) inbound.keys.push(key);
    if (edge.delegations === 0) return;
    const displaced = (before?.delegations ?? 0) === 0 ? noteDelegation(inbound, key) : null;
    this.share(key, inbound);
    if (displaced !== null) this.share(displaced, inbound);
  }

  /** An agent's spending so far is shown on the delegation to it. */
  touchEdgesTo(agent: string): void {
    const inbound = this.inboundTo(agent);
    const first = inbound.keys[inbound.first];
    if (first !== undefined) this.share(first, inbound);
  }

  /**
   * The delegate's spending on the edge of its delegation: as the delegation reports it, else the delegate's own total, only on the first
   * edge that delegated to it so that it is counted once.
   */
  private share(key: string, inbound: Inbound): void {
    const edge = this.edges.get(key);
    if (edge === undefined) return;
    const told = this.edgeTallies.get(key) ?? noEdgeTally;
    const own = key === inbound.keys[inbound.first] ? this.tally(edge.to) : noTally;
    const tokens = told.tokens ?? own.tokens;
    const costNanos = told.costNanos ?? own.costNanos;
    if (edge.tokens !== tokens || edge.costNanos !== costNanos) this.edges.set(key, { ...edge, tokens, costNanos });
  }

  private inboundTo(agent: string): Inbound {
    this.inbound ??= inboundOf(this.edges.read());
    return reached(this.inbound, agent);
  }

  settle(): TeamState {
    const tallies = this.base.tallies ?? noTallies;
    const edges = this.edgeTallies.read();
    const agents = this.agentTallies.read();
    const isSameTally = this.ended === tallies.ended && edges === tallies.edges && agents === tallies.agents;
    if (isSameTally && this.agents.read() === this.agents.base && this.edges.read() === this.edges.base) return this.base;
    return {
      agents: this.agents.read(),
      edges: this.edges.read(),
      tallies: isSameTally && this.base.tallies !== undefined ? this.base.tallies : { edges, agents, ended: this.ended },
    };
  }
}
