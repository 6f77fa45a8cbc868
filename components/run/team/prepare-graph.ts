import type { TeamAgent, TeamEdge, TeamState } from "@/lib/core/run/team-state";
import type { UsageState } from "@/lib/core/usage/state";

/** A drawn agent, or all agents of one role drawn as one. */
export type GraphNode = {
  readonly id: string;
  readonly label: string;
  readonly role: string | null;
  /** In order of appearance; one for a single agent. */
  readonly agents: readonly TeamAgent[];
  readonly tokens: number;
  readonly nanos: number;
  readonly estimated: boolean;
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
  /** Roles that are, or could be, drawn as one. */
  readonly groups: readonly string[];
};

type Grouping = {
  /** Above this many agents those of one role are drawn as one. */ readonly above: number;
  readonly opened: ReadonlySet<string>;
};

const leastInGroup = 3;
/** Those that no role was declared for. */
export const noRole = "";
const groupId = (role: string) => `role ${role}`;
const agentId = (agent: string) => `agent ${agent}`;

/** Agents and the traffic that was declared between them. Of a large team, agents of one role are one node until it is opened. */
export function prepareGraph(team: TeamState, usage: UsageState, { above, opened }: Grouping): TeamGraph {
  const agents = Object.values(team.agents).sort((a, b) => a.firstSeq - b.firstSeq || (a.agent < b.agent ? -1 : 1));
  const groups = agents.length > above ? groupedRoles(agents) : [];
  const closed = new Set(groups.filter((role) => !opened.has(role)));
  const nodeOf = (agent: TeamAgent) => (closed.has(agent.role ?? noRole) ? groupId(agent.role ?? noRole) : agentId(agent.agent));
  const members = new Map<string, TeamAgent[]>();
  for (const agent of agents) {
    const id = nodeOf(agent);
    const known = members.get(id);
    if (known) known.push(agent);
    else members.set(id, [agent]);
  }
  const { edges, within } = graphEdges(team, agents, nodeOf);
  const nodes = [...members].map(([id, of]): GraphNode => {
    const [first] = of as [TeamAgent, ...TeamAgent[]];
    const label = id === agentId(first.agent) ? first.agent : `${of.length.toLocaleString("en")} × ${first.role ?? "without a role"}`;
    return { id, label, role: first.role, agents: of, ...spentBy(of, usage), within: within.get(id) ?? 0 };
  });
  return { nodes, edges, groups };
}

function groupedRoles(agents: readonly TeamAgent[]): string[] {
  const counts = new Map<string, number>();
  for (const { role } of agents) counts.set(role ?? noRole, (counts.get(role ?? noRole) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= leastInGroup).map(([role]) => role);
}

function spentBy(agents: readonly TeamAgent[], usage: UsageState): Pick<GraphNode, "tokens" | "nanos" | "estimated"> {
  let [tokens, nanos, estimated] = [0, 0, false];
  for (const { agent } of agents) {
    const sum = Object.hasOwn(usage.byAgent, agent) ? usage.byAgent[agent] : undefined;
    if (!sum) continue;
    tokens += sum.total;
    nanos += sum.reportedNanos + sum.estimatedNanos;
    estimated ||= sum.estimatedNanos > 0;
  }
  return { tokens, nanos, estimated };
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
