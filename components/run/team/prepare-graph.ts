import { runAsAgent } from "@/lib/core/run/team";
import type { TeamAgent, TeamEdge, TeamState } from "@/lib/core/run/team-state";
import type { UsageState } from "@/lib/core/usage/state";
import { agentName } from "./agent-name";

/** A drawn agent, or all agents of one role drawn as one. */
export type GraphNode = {
  readonly id: string;
  readonly label: string;
  readonly role: string | null;
  /** By what the agents are drawn as one, and opened; null for a single agent. */
  readonly group: string | null;
  /** In order of appearance; one for a single agent. */
  readonly agents: readonly TeamAgent[];
  readonly tokens: number;
  readonly nanos: number;
  readonly estimated: boolean;
  /** Reports with tokens that have no price. */
  readonly unpriced: number;
  /** Traffic among the agents of a group. */
  readonly within: number;
};

export type GraphEdge = {
  /** `from` and `to` are ids of nodes. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Declared as parent and child; all counts may be 0 then. */
  readonly isParent: boolean;
  readonly delegations: number;
  readonly messages: number;
  readonly tokens: number;
  readonly costNanos: number;
  /** 0 = no traffic yet. */
  readonly lastSeq: number;
};

export type TeamGraph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

type Grouping = {
  /** Above this many agents those of one role, or of one level, are drawn as one. */ readonly above: number;
  readonly opened: ReadonlySet<string>;
};

const leastInGroup = 3;
const agentId = (agent: string) => `agent ${agent}`;

/** Agents and the traffic that was declared between them. Of a large team, agents of one role are one node until it is opened. */
export function prepareGraph(team: TeamState, usage: UsageState, { above, opened }: Grouping): TeamGraph {
  const all = withCoordinator(team);
  const agents = Object.values(all.agents).sort((a, b) => a.firstSeq - b.firstSeq || (a.agent < b.agent ? -1 : 1));
  const groups = agents.length > above ? groupsOf(agents, all) : new Map<TeamAgent, Group>();
  const groupOf = (agent: TeamAgent) => {
    const group = groups.get(agent);
    return group && !opened.has(group.id) ? group : null;
  };
  const nodeOf = (agent: TeamAgent) => groupOf(agent)?.id ?? agentId(agent.agent);
  const members = new Map<string, TeamAgent[]>();
  for (const agent of agents) {
    const id = nodeOf(agent);
    const known = members.get(id);
    if (known) known.push(agent);
    else members.set(id, [agent]);
  }
  const { edges, within } = graphEdges(all, agents, nodeOf);
  const nodes = [...members].map(([id, of]): GraphNode => {
    const [first] = of as [TeamAgent, ...TeamAgent[]];
    const group = groupOf(first);
    const label = group === null ? agentName(first.agent) : `${of.length.toLocaleString("en")} × ${group.words}`;
    return { id, label, role: first.role, group: group?.id ?? null, agents: of, ...spentBy(of, usage), within: within.get(id) ?? 0 };
  });
  return { nodes, edges };
}

/** Where work is handed over by nobody with a name, the run itself is who did: without it the team would fall into pieces. */
function withCoordinator(team: TeamState): TeamState {
  const acts = Object.values(team.edges).some(({ from, to }) => from === runAsAgent || to === runAsAgent);
  if (!acts || Object.hasOwn(team.agents, runAsAgent)) return team;
  const ended = team.tallies?.ended ?? null;
  const coordinator: TeamAgent = {
    ...{ agent: runAsAgent, role: null, parent: null, capabilities: [], declared: false, firstSeq: 1 },
    status: ended ?? "working",
  };
  return { ...team, agents: { [runAsAgent]: coordinator, ...team.agents } };
}

type Group = { readonly id: string; readonly words: string };

/** Those of one role; where no role was declared, those who stand equally deep. Two are not worth a group. */
function groupsOf(agents: readonly TeamAgent[], team: TeamState): ReadonlyMap<TeamAgent, Group> {
  const members = new Map<string, { group: Group; agents: TeamAgent[] }>();
  const depthOf = depths(team);
  for (const agent of agents) {
    const group = groupFor(agent, depthOf);
    const known = members.get(group.id);
    if (known) known.agents.push(agent);
    else members.set(group.id, { group, agents: [agent] });
  }
  const large = [...members.values()].filter((each) => each.agents.length >= leastInGroup);
  return new Map(large.flatMap((each) => each.agents.map((agent) => [agent, each.group] as const)));
}

function groupFor(agent: TeamAgent, depthOf: (agent: TeamAgent) => number): Group {
  if (agent.role !== null) return { id: `role ${agent.role}`, words: agent.role };
  const depth = depthOf(agent);
  return depth === 0 ? { id: "no role", words: "without a role" } : { id: `level ${depth}`, words: `level ${depth}` };
}

/** How many agents stand above one. Parents in a circle do not make it endless. */
function depths(team: TeamState): (agent: TeamAgent) => number {
  const known = new Map<string, number>();
  return (agent) => {
    const path: string[] = [];
    let at: TeamAgent | undefined = agent;
    while (at && !known.has(at.agent) && !path.includes(at.agent)) {
      path.push(at.agent);
      at = at.parent !== null && Object.hasOwn(team.agents, at.parent) ? team.agents[at.parent] : undefined;
    }
    let depth = at ? (known.get(at.agent) ?? -1) : -1;
    for (const name of path.reverse()) known.set(name, ++depth);
    return known.get(agent.agent) ?? 0;
  };
}

function spentBy(agents: readonly TeamAgent[], usage: UsageState): Pick<GraphNode, "tokens" | "nanos" | "estimated" | "unpriced"> {
  let [tokens, nanos, estimated, unpriced] = [0, 0, false, 0];
  for (const { agent } of agents) {
    const sum = Object.hasOwn(usage.byAgent, agent) ? usage.byAgent[agent] : undefined;
    if (!sum) continue;
    tokens += sum.total;
    nanos += sum.reportedNanos + sum.estimatedNanos;
    estimated ||= sum.estimatedNanos > 0;
    unpriced += sum.unpriced;
  }
  return { tokens, nanos, estimated, unpriced };
}

function graphEdges(team: TeamState, agents: readonly TeamAgent[], nodeOf: (agent: TeamAgent) => string) {
  const edges = new Map<string, GraphEdge>();
  const within = new Map<string, number>();
  const add = (from: string, to: string, more: Partial<TeamEdge> & { isParent?: boolean }) => {
    const key = `${from}\u0000${to}`;
    const known = edges.get(key);
    edges.set(key, {
      ...{ key, from, to },
      isParent: (known?.isParent ?? false) || (more.isParent ?? false),
      delegations: (known?.delegations ?? 0) + (more.delegations ?? 0),
      messages: (known?.messages ?? 0) + (more.messages ?? 0),
      tokens: (known?.tokens ?? 0) + (more.tokens ?? 0),
      costNanos: (known?.costNanos ?? 0) + (more.costNanos ?? 0),
      lastSeq: Math.max(known?.lastSeq ?? 0, more.lastSeq ?? 0),
    });
  };
  const known = (name: string | null) => (name !== null && Object.hasOwn(team.agents, name) ? team.agents[name] : undefined);
  for (const agent of agents) {
    const parent = known(agent.parent);
    if (parent && nodeOf(parent) !== nodeOf(agent)) add(nodeOf(parent), nodeOf(agent), { isParent: true });
  }
  for (const edge of Object.values(team.edges)) {
    const [from, to] = [known(edge.from), known(edge.to)];
    if (!from || !to) continue;
    const id = nodeOf(from);
    if (id !== nodeOf(to)) add(id, nodeOf(to), edge);
    else if (from !== to) within.set(id, (within.get(id) ?? 0) + edge.delegations + edge.messages);
  }
  return { edges: [...edges.values()], within };
}
