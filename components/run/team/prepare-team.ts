import type { TeamAgent, TeamEdge, TeamState } from "@/lib/core/run/team-state";

export type TeamRow = {
  readonly agent: TeamAgent;
  readonly depth: number;
  readonly sent: number;
  readonly received: number;
  readonly delegatedTo: number;
};

export type PreparedTeam = { readonly rows: readonly TeamRow[]; readonly edges: readonly TeamEdge[]; readonly undeclared: number };

/** Agents below their declared parent, in order of appearance; edges by traffic. A parent that is not there makes a root. */
export function prepareTeam(team: TeamState): PreparedTeam {
  const agents = Object.values(team.agents).sort((a, b) => a.firstSeq - b.firstSeq || (a.agent < b.agent ? -1 : 1));
  const traffic = countTraffic(team);
  const children = childrenByParent(team, agents);
  const rows: TeamRow[] = [];
  const placed = new Set<string>();
  const place = (roots: readonly TeamAgent[]) => {
    const stack = roots.map((agent) => ({ agent, depth: 0 })).reverse();
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { agent, depth } = next;
      if (placed.has(agent.agent)) continue;
      placed.add(agent.agent);
      rows.push({ agent, depth, ...(traffic.get(agent.agent) ?? { sent: 0, received: 0, delegatedTo: 0 }) });
      const below = children.get(agent.agent) ?? [];
      for (const child of below.toReversed()) stack.push({ agent: child, depth: depth + 1 });
    }
  };
  place(children.get(null) ?? []);
  // Agents that name each other as parents hang below nobody.
  for (const agent of agents) if (!placed.has(agent.agent)) place([agent]);
  const edges = Object.values(team.edges).sort((a, b) => b.delegations + b.messages - a.delegations - a.messages || b.lastSeq - a.lastSeq);
  return { rows, edges, undeclared: agents.filter((agent) => !agent.declared).length };
}

function childrenByParent(team: TeamState, agents: readonly TeamAgent[]): ReadonlyMap<string | null, readonly TeamAgent[]> {
  const children = new Map<string | null, TeamAgent[]>();
  for (const agent of agents) {
    const parent = agent.parent !== null && Object.hasOwn(team.agents, agent.parent) ? agent.parent : null;
    const siblings = children.get(parent);
    if (siblings) siblings.push(agent);
    else children.set(parent, [agent]);
  }
  return children;
}

function countTraffic(team: TeamState): ReadonlyMap<string, Pick<TeamRow, "sent" | "received" | "delegatedTo">> {
  const traffic = new Map<string, { sent: number; received: number; delegatedTo: number }>();
  const of = (agent: string) => {
    const found = traffic.get(agent) ?? { sent: 0, received: 0, delegatedTo: 0 };
    traffic.set(agent, found);
    return found;
  };
  for (const edge of Object.values(team.edges)) {
    of(edge.from).sent += edge.messages;
    of(edge.to).received += edge.messages;
    of(edge.to).delegatedTo += edge.delegations;
  }
  return traffic;
}
