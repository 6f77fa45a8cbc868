import { describe, expect, it } from "vitest";
import type { TeamAgent, TeamEdge } from "@/lib/core/run/team-state";
import { emptyUsage } from "@/lib/core/usage/usage";
import { edgePath, placeFigures } from "./edge-path";
import { layOutTeam, nodeSize } from "./lay-out-team";
import { layoutEdges } from "./layout-edges";
import { nearestNode } from "./nearest-node";
import { prepareGraph } from "./prepare-graph";

function agent(name: string, firstSeq: number, more: Partial<TeamAgent> = {}): [string, TeamAgent] {
  return [name, { agent: name, role: null, parent: null, status: "working", capabilities: [], declared: true, firstSeq, ...more }];
}

function edge(from: string, to: string, more: Partial<TeamEdge>): [string, TeamEdge] {
  return [`${from}\u0000${to}`, { from, to, delegations: 0, messages: 0, tokens: 0, costNanos: 0, lastSeq: 1, ...more }];
}

const crew = Object.fromEntries([
  agent("lead", 1, { role: "lead" }),
  ...Array.from({ length: 199 }, (_, i) => agent(`w${i}`, 2 + i, { role: i % 2 === 0 ? "worker" : "critic", parent: "lead" })),
]);
const options = { above: 24, opened: new Set<string>() };

describe("the team graph", () => {
  it("draws two hundred agents as their roles, and the agents of a role that was opened", () => {
    const edges = Object.fromEntries([
      edge("lead", "w0", { delegations: 2, tokens: 5 }),
      edge("lead", "w2", { messages: 3, lastSeq: 9 }),
      edge("w0", "w2", { messages: 4 }),
    ]);
    const graph = prepareGraph({ agents: crew, edges }, emptyUsage(), options);
    expect(graph.nodes.map(({ label }) => label)).toEqual(["lead", "100 × worker", "99 × critic"]);
    expect(graph.edges.find(({ to }) => to === "role worker")).toMatchObject({
      delegations: 2,
      messages: 3,
      tokens: 5,
      lastSeq: 9,
      isParent: true,
    });
    expect(graph.nodes.find(({ id }) => id === "role worker")?.within).toBe(4);
    expect(prepareGraph({ agents: crew, edges }, emptyUsage(), { ...options, opened: new Set(["role worker"]) }).nodes).toHaveLength(102);
  });

  it("draws those without a role as one, too, when there are many", () => {
    const agents = Object.fromEntries(Array.from({ length: 60 }, (_, i) => agent(`a${i}`, i + 1)));
    expect(prepareGraph({ agents, edges: {} }, emptyUsage(), options).nodes.map(({ label }) => label)).toEqual(["60 × without a role"]);
  });

  it("draws many without a role by how deep they stand, so that who works below whom stays in sight", () => {
    const deep = Array.from({ length: 40 }, (_, i) => agent(`w${i}`, i + 2, { parent: i < 5 ? "lead" : `w${(i - 5) % 5}` }));
    const agents = Object.fromEntries([agent("lead", 1), ...deep]);
    const told = deep.slice(5).map(([name], i) => edge(`w${i % 5}`, name, { delegations: 1 }));
    const graph = prepareGraph({ agents, edges: Object.fromEntries(told) }, emptyUsage(), options);
    expect(graph.nodes.map(({ label }) => label)).toEqual(["lead", "5 × level 1", "35 × level 2"]);
    expect(graph.edges).toMatchObject([
      { from: "agent lead", to: "level 1", isParent: true },
      { from: "level 1", to: "level 2", delegations: 35 },
    ]);
    expect(prepareGraph({ agents, edges: {} }, emptyUsage(), { ...options, opened: new Set(["level 1"]) }).nodes).toHaveLength(7);
  });

  it("draws the run as the coordinator where work is handed over by nobody with a name", () => {
    const agents = Object.fromEntries([agent("librarian", 2), agent("editor", 5)]);
    const edges = Object.fromEntries([edge("(run)", "librarian", { delegations: 1 }), edge("(run)", "editor", { delegations: 1 })]);
    const graph = prepareGraph({ agents, edges }, emptyUsage(), options);
    expect(graph.nodes.map(({ label }) => label)).toEqual(["coordinator", "librarian", "editor"]);
    expect(graph.edges.map(({ from, to }) => [from, to])).toEqual([
      ["agent (run)", "agent librarian"],
      ["agent (run)", "agent editor"],
    ]);
  });

  it("counts no level twice where parents stand in a circle", () => {
    const agents = Object.fromEntries(Array.from({ length: 30 }, (_, i) => agent(`c${i}`, i + 1, { parent: `c${(i + 1) % 30}` })));
    expect(prepareGraph({ agents, edges: {} }, emptyUsage(), options).nodes.flatMap((node) => node.agents)).toHaveLength(30);
  });

  it("draws a small team agent by agent and invents no edge", () => {
    const agents = Object.fromEntries([agent("a", 1), agent("b", 2, { parent: "gone" }), agent("toString", 3, { parent: "a" })]);
    const graph = prepareGraph({ agents, edges: Object.fromEntries([edge("a", "nobody", { messages: 1 })]) }, emptyUsage(), options);
    expect(graph.nodes).toHaveLength(3);
    expect(graph.edges).toMatchObject([{ from: "agent a", to: "agent toString", isParent: true, lastSeq: 0 }]);
  });
});

describe("its layout", () => {
  const down = (from: string, to: string) => ({ from, to, down: true });

  it("puts those below under those above, and no two nodes on each other, in rows as wide as there is room for", () => {
    const nodes = ["lead", ...Array.from({ length: 60 }, (_, i) => `w${i}`)];
    const { places, width, height } = layOutTeam({ nodes, edges: nodes.slice(1).map((id) => down("lead", id)), perRow: 6 });
    const placed = nodes.map((id) => places[id] ?? { x: Number.NaN, y: Number.NaN });
    for (const [index, { x, y }] of placed.entries()) {
      expect(x - nodeSize.width / 2).toBeGreaterThanOrEqual(0);
      expect(x + nodeSize.width / 2).toBeLessThanOrEqual(width);
      expect(y + nodeSize.height / 2).toBeLessThanOrEqual(height);
      if (index > 0) expect(y).toBeGreaterThan(placed[0]?.y ?? 0);
      for (const other of placed.slice(index + 1)) {
        expect(Math.abs(other.x - x) >= nodeSize.width || Math.abs(other.y - y) >= nodeSize.height).toBe(true);
      }
    }
  });

  it("places everybody once although some delegate in a circle or to themselves", () => {
    const { places } = layOutTeam({ nodes: ["a", "b", "c", "d"], edges: [down("a", "b"), down("b", "a"), down("c", "c")], perRow: 4 });
    expect(Object.keys(places).sort()).toEqual(["a", "b", "c", "d"]);
  });

  it("puts whoever is told by several below all of them", () => {
    const { places } = layOutTeam({
      nodes: ["lead", "a", "b", "end"],
      edges: [down("lead", "a"), down("lead", "end"), down("a", "b"), down("b", "end")],
      perRow: 4,
    });
    const rows = ["lead", "a", "b", "end"].map((id) => places[id]?.y ?? 0);
    expect(rows).toEqual([...rows].sort((x, y) => x - y));
    expect(new Set(rows).size).toBe(4);
  });

  it("puts those who only report to the first agent below it, side by side", () => {
    const agents = Object.fromEntries([agent("lead", 1), agent("a", 2), agent("b", 3)]);
    const told = [
      edge("a", "lead", { messages: 1 }),
      edge("b", "lead", { messages: 1 }),
      edge("a", "b", { messages: 1 }),
      edge("b", "a", { messages: 1 }),
    ];
    const graph = prepareGraph({ agents, edges: Object.fromEntries(told) }, emptyUsage(), options);
    const { places } = layOutTeam({ nodes: graph.nodes.map(({ id }) => id), edges: layoutEdges(graph), perRow: 4 });
    expect(places["agent a"]?.y).toBe(places["agent b"]?.y);
    expect(places["agent lead"]?.y).toBeLessThan(places["agent a"]?.y ?? 0);
  });

  it("puts the figures of an edge between the rows, not under a node that the edge passes behind", () => {
    const nodes = ["lead", "a", "b", "c"];
    const { places } = layOutTeam({ nodes, edges: nodes.slice(1).map((id) => down("lead", id)), perRow: 2 });
    const all = Object.values(places);
    for (const id of ["a", "b", "c"]) {
      const { middle } = edgePath(places.lead ?? { x: 0, y: 0 }, places[id] ?? { x: 0, y: 0 }, { figuresAt: 0.28, nodes: all });
      for (const { x, y } of all)
        expect(Math.abs(x - middle.x) >= nodeSize.width / 2 || Math.abs(y - middle.y) >= nodeSize.height / 2 + 9, id).toBe(true);
    }
  });

  it("puts no figures on others where six agents all talk to each other", () => {
    const names = ["lead", "planner", "researcher", "coder", "tester", "reviewer"];
    const told = names.flatMap((from) =>
      names.filter((to) => to !== from && to !== "lead").map((to) => ({ from, to, down: from === "lead" })),
    );
    const { places } = layOutTeam({ nodes: names, edges: told, perRow: 4 });
    const edges = told.map(({ from, to }) => ({ from, to, text: "120×", figuresAt: 0.5 }));
    const placed = placeFigures(edges, { places, nodes: Object.values(places) });
    const shown = placed.filter(({ isAlone }) => isAlone);
    expect(shown.length).toBeGreaterThanOrEqual(20);
    const boxes = shown.map(({ middle }) => middle);
    const width = 4 * 6.5 + 12;
    const hidden = boxes.filter((one, at) =>
      boxes.slice(0, at).some(({ x, y }) => Math.abs(x - one.x) < width && Math.abs(y - one.y) < 18),
    );
    expect(hidden).toEqual([]);
  });

  it.each([2, 3, 5])("leads edges around the nodes of the rows between, %s in a row", (perRow) => {
    const team = ["a", "b", "c", "d", "e"];
    const told = [...team, "end"].map((id) => down("lead", id));
    const { places } = layOutTeam({ nodes: ["lead", ...team, "end"], edges: [...told, ...team.map((id) => down(id, "end"))], perRow });
    const all = Object.values(places);
    const at = (id: string) => places[id] ?? { x: 0, y: 0 };
    const pairs = [["lead", "end"], ["end", "lead"], ...team.map((id) => ["lead", id]), ...team.map((id) => [id, "end"])] as [
      string,
      string,
    ][];
    const hidden = pairs.filter(([from, to]) =>
      pointsOf(edgePath(at(from), at(to), { figuresAt: 0.5, nodes: all }).d).some((point) =>
        all.some(({ x, y }) => Math.abs(x - point.x) < nodeSize.width / 2 && Math.abs(y - point.y) < nodeSize.height / 2),
      ),
    );
    expect(hidden).toEqual([]);
  });

  it("is walked by arrow keys", () => {
    const { places } = layOutTeam({ nodes: ["a", "b", "c"], edges: [down("a", "b"), down("a", "c")], perRow: 4 });
    const first = nearestNode(places, "a", "ArrowDown");
    expect(first === "b" || first === "c").toBe(true);
    expect(nearestNode(places, "b", "ArrowUp")).toBe("a");
    expect([nearestNode(places, "b", "ArrowRight"), nearestNode(places, "b", "ArrowLeft")]).toContain("c");
    expect(nearestNode(places, "a", "Enter")).toBeNull();
  });
});

/** Points along what an SVG path of moves, lines and curves draws. */
function pointsOf(d: string): { x: number; y: number }[] {
  const numbers = (part: string) => part.split(" ").map(Number);
  const points: { x: number; y: number }[] = [];
  let [fromX, fromY] = [0, 0];
  for (const [, command, rest] of d.matchAll(/([MLC])([^MLC]*)/g)) {
    const given = numbers(rest ?? "");
    const [x, y] = [given.at(-2) ?? 0, given.at(-1) ?? 0];
    const [x1, y1, x2, y2] = command === "C" ? (given as [number, number, number, number]) : [fromX, fromY, x, y];
    for (let t = 0; command !== "M" && t <= 1; t += 1 / 64) {
      const [a, b, c, e] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
      points.push({ x: a * fromX + b * x1 + c * x2 + e * x, y: a * fromY + b * y1 + c * y2 + e * y });
    }
    [fromX, fromY] = [x, y];
  }
  return points;
}
