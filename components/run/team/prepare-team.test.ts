import { describe, expect, it } from "vitest";
import type { TeamAgent, TeamEdge } from "@/lib/core/run/team-state";
import { prepareTeam } from "./prepare-team";

function agent(name: string, firstSeq: number, more: Partial<TeamAgent> = {}): [string, TeamAgent] {
  return [name, { agent: name, role: null, parent: null, status: "working", capabilities: [], declared: true, firstSeq, ...more }];
}

function edge(from: string, to: string, more: Partial<TeamEdge>): [string, TeamEdge] {
  return [`${from}\u0000${to}`, { from, to, delegations: 0, messages: 0, tokens: 0, costNanos: 0, lastSeq: 1, ...more }];
}

describe("the team", () => {
  it("stands below its declared parents in order of appearance", () => {
    const agents = Object.fromEntries([
      agent("writer", 9, { parent: "lead" }),
      agent("lead", 1),
      agent("critic", 3, { parent: "writer" }),
      agent("analyst", 4, { parent: "lead", declared: false }),
    ]);
    const team = prepareTeam({ agents, edges: {} });
    expect(team.rows.map(({ agent: { agent: name }, depth }) => `${"-".repeat(depth)}${name}`)).toEqual([
      "lead",
      "-analyst",
      "-writer",
      "--critic",
    ]);
    expect(team.undeclared).toBe(1);
  });

  it("loses nobody: not below an unknown parent, not in a circle", () => {
    const agents = Object.fromEntries([
      agent("a", 1, { parent: "b" }),
      agent("b", 2, { parent: "a" }),
      agent("c", 3, { parent: "gone" }),
      agent("d", 4, { parent: "d" }),
      agent("e", 5, { parent: "toString" }),
    ]);
    expect(
      prepareTeam({ agents, edges: {} })
        .rows.map((row) => row.agent.agent)
        .sort(),
    ).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("counts declared traffic per agent and lists the busiest edge first", () => {
    const agents = Object.fromEntries([agent("lead", 1), agent("writer", 2)]);
    const edges = Object.fromEntries([edge("writer", "lead", { messages: 1 }), edge("lead", "writer", { messages: 2, delegations: 1 })]);
    const team = prepareTeam({ agents, edges });
    expect(team.edges.map(({ from }) => from)).toEqual(["lead", "writer"]);
    expect(team.rows[1]).toMatchObject({ sent: 1, received: 2, delegatedTo: 1 });
  });
});
