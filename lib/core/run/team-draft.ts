import { type Keyed, lookup, put } from "./record";
import type { AgentTally, EdgeTally, TeamAgent, TeamEdge, TeamState, TeamTallies } from "./team-state";

const agentLimit = 1_000;
const edgeLimit = 5_000;

const noTallies: TeamTallies = { edges: {}, agents: {}, ended: null };
const noTally: AgentTally = { tokens: 0, costNanos: 0, statusAt: null };
const noEdgeTally: EdgeTally = { sent: 0, received: 0, delegated: 0, returned: 0, tokens: null, costNanos: null };

const edgeKey = (from: string, to: string): string => `${from}\u0000${to}`;

/** A record that is copied when it is first written. */
class RecordDraft<T> {
  private draft: { [key: string]: T } | null = null;
  private size = -1;

  constructor(readonly base: Keyed<T>) {}

  get(key: string): T | undefined {
    return lookup(this.draft ?? this.base, key);
  }

  set(key: string, value: T): void {
    this.draft ??= { ...this.base };
    if (this.size >= 0 && !Object.hasOwn(this.draft, key)) this.size += 1;
    put(this.draft, key, value);
  }

  count(): number {
    if (this.size < 0) this.size = Object.keys(this.read()).length;
    return this.size;
  }

  read(): Keyed<T> {
    return this.draft ?? this.base;
  }
}

/** The team while a batch is folded. */
export class TeamDraft {
  ended: TeamTallies["ended"];
  private readonly agents: RecordDraft<TeamAgent>;
  private readonly edges: RecordDraft<TeamEdge>;
  private readonly agentTallies: RecordDraft<AgentTally>;
  private readonly edgeTallies: RecordDraft<EdgeTally>;

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

  /** The agent, added when it is new; null once there are too many to keep. */
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

  /** The run is over: nobody in it is at work any more. */
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
    if (edge.delegations > 0) this.touchEdgesTo(to);
  }

  /**
   * What the delegate spent stands on the edge of its delegation: as the delegation reports it, else the delegate's own total,
   * on the first edge that delegated to it so that it is counted once.
   */
  touchEdgesTo(agent: string): void {
    const own = this.tally(agent);
    let isFirst = true;
    for (const [key, edge] of Object.entries(this.edges.read())) {
      if (edge.to !== agent || edge.delegations === 0) continue;
      const tally = this.edgeTallies.get(key) ?? noEdgeTally;
      const tokens = tally.tokens ?? (isFirst ? own.tokens : 0);
      const costNanos = tally.costNanos ?? (isFirst ? own.costNanos : 0);
      if (edge.tokens !== tokens || edge.costNanos !== costNanos) this.edges.set(key, { ...edge, tokens, costNanos });
      isFirst = false;
    }
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
