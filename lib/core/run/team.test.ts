import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import { emptyTeam, evolveTeam, runAsAgent } from "./team";
import type { TeamState } from "./team-state";
import { log, startMs } from "./testing/log";

const fold = (...events: CanonicalEvent[]) => evolveTeam(emptyTeam(), log(...events));
const edge = (from: string, to: string, ...events: CanonicalEvent[]) => fold(...events).edges[`${from}\u0000${to}`];
const sent: CanonicalEvent = { type: "message.sent", agent: "a", edge: { to: "b" } };
const received: CanonicalEvent = { type: "message.received", agent: "b", edge: { from: "a" } };

describe("the team", () => {
  it("has the members that were recruited, and marks those only seen at work", () => {
    const { agents } = fold(
      { type: "team.recruited", team: { members: [{ agent: "a", role: "analyst", capabilities: ["charts"] }] } },
      { type: "tool.called", agent: "stranger" },
      { type: "budget.crossed", agent: "budget-manager" },
    );
    expect(agents).toEqual({
      a: { agent: "a", role: "analyst", parent: null, status: "idle", capabilities: ["charts"], declared: true, firstSeq: 1 },
      stranger: { agent: "stranger", role: null, parent: null, status: "working", capabilities: [], declared: false, firstSeq: 2 },
    });
  });

  it.each<[string, CanonicalEvent["type"][], string]>([
    ["works once it is seen", ["agent.thought"], "working"],
    ["is done", ["agent.started", "agent.completed"], "done"],
    ["failed", ["agent.started", "agent.failed"], "failed"],
    ["stays done when stray work comes", ["agent.started", "agent.completed", "tool.returned"], "done"],
    ["works again when it is started again", ["agent.started", "agent.completed", "agent.started"], "working"],
    ["is done when the run succeeds", ["agent.started", "run.completed"], "done"],
    ["is stopped when the run fails", ["agent.started", "run.failed"], "stopped"],
    ["is stopped when the run is cancelled, also where it was only seen at work", ["agent.thought", "run.cancelled"], "stopped"],
    ["stays failed or done when the run fails", ["agent.started", "agent.completed", "run.failed"], "done"],
    ["works on when the run does", ["agent.started", "run.failed", "run.started", "agent.thought"], "working"],
    ["is not at work where its work comes behind the end", ["run.failed", "agent.thought"], "stopped"],
    ["is not at work after the end", ["run.completed", "agent.started"], "done"],
  ])("an agent %s", (_, types, status) => {
    expect(fold(...types.map((type) => ({ type, agent: "a" }))).agents.a?.status).toBe(status);
  });

  it("holds the first role and parent that an agent's work tells, and the last role that was given to it", () => {
    const { agents } = fold(
      { type: "agent.started", agent: "a", role: "analyst", parentAgent: "lead" },
      { type: "agent.thought", agent: "a", role: "critic", parentAgent: "other" },
      { type: "agent.started", agent: "b", parentAgent: "b" },
      { type: "role.assigned", agent: "b", role: "writer" },
      { type: "role.assigned", team: { members: [{ agent: "c", role: "tester", capabilities: ["web"] }] } },
      { type: "team.updated", team: { members: [{ agent: "c" }, { agent: "b", role: "editor" }] } },
      { type: "role.assigned", agent: "d", role: "reader" },
    );
    expect(agents).toMatchObject({
      a: { role: "analyst", parent: "lead", declared: false },
      b: { role: "editor", parent: null, declared: true },
      c: { role: "tester", parent: null, declared: true, capabilities: ["web"], status: "idle" },
      d: { role: "reader", declared: true },
    });
  });

  it("has both ends of the traffic, and takes whom work was given to for a member", () => {
    expect(fold({ type: "task.assigned", agent: "a", edge: { to: "b" } }).agents).toMatchObject({
      a: { declared: false },
      b: { declared: true, status: "idle" },
    });
    expect(Object.keys(fold({ type: "delegation.started", edge: { to: "b" } }).agents)).toEqual(["b"]);
    expect(Object.keys(fold({ type: "message.sent", agent: "a", edge: { to: "a" } }).edges)).toEqual([]);
  });

  it("has the statuses that the sender's order tells, whatever the order of arrival", () => {
    const at = (seconds: number) => ({ agent: "a", occurredAtMs: startMs + seconds * 1_000 });
    const [started, failed, again]: CanonicalEvent[] = [
      { type: "agent.started", ...at(1) },
      { type: "agent.failed", ...at(2) },
      { type: "agent.started", ...at(3) },
    ] as const;
    for (const order of [
      [started, failed],
      [failed, started],
    ])
      expect(fold(...(order as CanonicalEvent[])).agents.a?.status).toBe("failed");
    expect(fold(again as CanonicalEvent, failed as CanonicalEvent, started as CanonicalEvent).agents.a?.status).toBe("working");
  });

  it("does not work on because we asked the run to go on", () => {
    const asked = { type: "run.resumed", origin: "watchfloor" } as const;
    const work: CanonicalEvent = { type: "agent.thought", agent: "a" };
    expect(fold({ type: "agent.started", agent: "a" }, { type: "run.failed" }, asked, work).agents.a?.status).toBe("stopped");
    expect(fold({ type: "agent.started", agent: "a" }, { type: "run.failed" }, { type: "run.resumed" }, work).agents.a?.status).toBe(
      "working",
    );
  });

  it("is retired by name or, without names, as a whole", () => {
    const members = [{ agent: "a" }, { agent: "b" }];
    const recruited: CanonicalEvent = { type: "team.recruited", team: { members } };
    const statuses = (...events: CanonicalEvent[]) => Object.values(fold(recruited, ...events).agents).map(({ status }) => status);
    expect(statuses({ type: "team.retired", team: { members: [{ agent: "a" }] } })).toEqual(["retired", "idle"]);
    expect(statuses({ type: "team.retired", team: { size: 2 } })).toEqual(["retired", "retired"]);
    // Who only was seen at work was never recruited.
    expect(statuses({ type: "tool.called", agent: "c" }, { type: "team.retired" })).toEqual(["retired", "retired", "working"]);
  });
});

describe("an edge", () => {
  it("counts a message once, whether one end reports it or both", () => {
    expect(edge("a", "b", sent, received)?.messages).toBe(1);
    expect(edge("a", "b", received, sent, sent)?.messages).toBe(2);
    expect(edge("a", "b", received)?.messages).toBe(1);
  });

  it("counts a delegation once, and is never inferred from work", () => {
    const started: CanonicalEvent = { type: "delegation.started", agent: "a", edge: { to: "b" } };
    const completed: CanonicalEvent = { type: "delegation.completed", agent: "a", edge: { to: "b" } };
    expect(edge("a", "b", started, completed)).toMatchObject({ from: "a", to: "b", delegations: 1, lastSeq: 2 });
    expect(fold({ type: "agent.started", agent: "b", parentAgent: "a" }).edges).toEqual({});
  });

  it("carries what the delegate spent: as the delegation says, else the delegate's own total", () => {
    const started: CanonicalEvent = { type: "delegation.started", agent: "a", edge: { to: "b" } };
    const own: CanonicalEvent = { type: "agent.completed", agent: "b", usage: { scope: "agent", total: 1_200, costNanos: 18 } };
    const said: CanonicalEvent = {
      type: "delegation.completed",
      agent: "a",
      edge: { to: "b" },
      usage: { scope: "agent", total: 900, costNanos: 7 },
    };
    expect(edge("a", "b", started, own)).toMatchObject({ tokens: 1_200, costNanos: 18 });
    expect(edge("a", "b", own, started)).toMatchObject({ tokens: 1_200, costNanos: 18 });
    expect(edge("a", "b", started, own, said)).toMatchObject({ tokens: 900, costNanos: 7 });
    expect(edge("a", "b", started, said, said)).toMatchObject({ tokens: 1_800, costNanos: 14 });
    // What is asked of it costs nothing yet.
    expect(edge("a", "b", { ...started, usage: { scope: "agent", total: 5, costNanos: 5 } })).toMatchObject({ tokens: 0, costNanos: 0 });
  });

  it("carries it on the first edge alone, also where that one only had messages before it delegated", () => {
    const message: CanonicalEvent = { type: "message.sent", agent: "first", edge: { to: "b" } };
    const from = (agent: string): CanonicalEvent => ({ type: "delegation.started", agent, edge: { to: "b" } });
    const own: CanonicalEvent = { type: "agent.completed", agent: "b", usage: { scope: "agent", total: 5 } };
    const events = log(message, from("second"), from("third"), own, from("first"), from("third"), own);
    const spent = (team: TeamState) => Object.values(team.edges).map(({ from, tokens }) => [from, tokens]);
    expect(spent(evolveTeam(emptyTeam(), events.slice(0, 4)))).toEqual([
      ["first", 0],
      ["second", 5],
      ["third", 0],
    ]);
    for (const cut of events.keys())
      expect(spent(evolveTeam(evolveTeam(emptyTeam(), events.slice(0, cut)), events.slice(cut)))).toEqual([
        ["first", 10],
        ["second", 0],
        ["third", 0],
      ]);
  });

  it("is looked through once a batch, however many agents tell what they spent", () => {
    const agents = Array.from({ length: 50 }, (_, n) => `agent-${n}`);
    const own = (agent: string): CanonicalEvent => ({ type: "agent.completed", agent, usage: { scope: "agent", total: 5 } });
    const team = fold(sent, ...agents.map((agent): CanonicalEvent => ({ type: "agent.started", agent })));
    let looks = 0;
    const edges = new Proxy(team.edges, {
      ownKeys: (target) => {
        looks += 1;
        return Reflect.ownKeys(target);
      },
    });
    evolveTeam({ ...team, edges }, log(...agents.map(own)));
    expect(looks).toBe(1);
  });

  it("starts at the run where the sender names no delegator", () => {
    expect(edge(runAsAgent, "writer", { type: "delegation.started", edge: { to: "writer" } })?.delegations).toBe(1);
  });
});
