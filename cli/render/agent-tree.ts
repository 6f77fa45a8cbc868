import type { TailEvent } from "./tail-event";

export type AgentTree = {
  /** Notes who was declared to work for whom. */
  readonly observe: (event: TailEvent) => void;
  /** 0 for an agent that works for nobody. */
  readonly depth: (agent: string | undefined) => number;
};

/** A run may name any number of agents: beyond this many the rest are drawn at the root. */
const maxAgents = 2_000;
const maxDepth = 6;

/** Nesting from *declared* parents, delegations and recruits only: never guessed from times. The first declaration stays. */
export function createAgentTree(): AgentTree {
  const parents = new Map<string, string>();

  function depthOf(agent: string | undefined): number {
    let depth = 0;
    for (let at = agent; at !== undefined && depth < maxDepth; depth += 1) {
      at = parents.get(at);
      if (at === undefined) return depth;
    }
    return depth;
  }

  function declare(child: string | undefined, parent: string | undefined): void {
    if (child === undefined || parent === undefined || parents.has(child) || parents.size >= maxAgents) return;
    for (let at: string | undefined = parent, hops = 0; at !== undefined && hops <= maxAgents; hops += 1) {
      if (at === child) return;
      at = parents.get(at);
    }
    parents.set(child, parent);
  }

  return {
    observe: (event) => {
      declare(event.agent, event.parentAgent);
      if (event.type === "delegation.started" || event.type === "task.assigned") declare(event.edge?.to, event.edge?.from ?? event.agent);
      if (event.type === "team.recruited") for (const member of event.team?.members ?? []) declare(member.agent, event.agent);
    },
    depth: depthOf,
  };
}
