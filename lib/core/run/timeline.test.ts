import { describe, expect, it } from "vitest";
import type { Dialect } from "../dialect";
import type { CanonicalEvent } from "../events/canonical";
import { emptyRun, fold } from "./fold";
import { drawn } from "./testing/drawn";
import { log, startMs } from "./testing/log";
import type { Span } from "./timeline-state";

const spansOf = (...events: CanonicalEvent[]): readonly Span[] => fold(emptyRun(), log(...events)).timeline.spans;

const draw = (...events: CanonicalEvent[]) => drawn(spansOf(...events));

describe("spans", () => {
  it("pair by call id, whatever lies between", () => {
    expect(
      draw(
        { type: "tool.called", callId: "1", name: "a" },
        { type: "tool.called", callId: "2", name: "b" },
        { type: "tool.returned", callId: "1" },
        { type: "tool.failed", callId: "2", error: { message: "no" } },
      ),
    ).toEqual(["tool a < run [0, 2] succeeded", "tool b < run [1, 3] failed"]);
  });

  it("pair by agent and name, first in first out, without a call id", () => {
    const tool = (type: "tool.called" | "tool.returned", agent: string): CanonicalEvent => ({ type, agent, name: "search" });
    expect(
      draw(
        tool("tool.called", "a"),
        tool("tool.called", "b"),
        tool("tool.called", "a"),
        tool("tool.returned", "a"),
        tool("tool.returned", "b"),
      ),
    ).toEqual([
      "agent a < run [0, ] running",
      "tool search < a [0, 3] succeeded",
      "agent b < run [1, ] running",
      "tool search < b [1, 4] succeeded",
      "tool search < a [2, ] running",
    ]);
  });

  it("that only report their end began their duration before it", () => {
    expect(draw({ type: "run.started" }, { type: "run.updated" }, { type: "tool.returned", name: "search", durationMs: 740 })).toEqual([
      "tool search < run [1.26, 2] succeeded",
    ]);
  });

  it("never have a negative length: with clocks that disagree the reported duration counts", () => {
    const back = { occurredAtMs: startMs - 50_000 };
    const [first, second] = fold(
      emptyRun(),
      log(
        { type: "tool.called", callId: "1", sourceSeq: 1 },
        { type: "tool.returned", callId: "1", sourceSeq: 2, ...back, durationMs: 400 },
        { type: "step.started", callId: "1", sourceSeq: 3 },
        { type: "step.completed", callId: "1", sourceSeq: 4, ...back },
      ),
    ).timeline.spans;
    expect([(first?.endMs ?? 0) - (first?.startMs ?? 0), (second?.endMs ?? 0) - (second?.startMs ?? 0)]).toEqual([400, 0]);
  });

  it("carry tokens and cost of their end, and the error of a failure", () => {
    const usage = { scope: "call" as const, model: "gpt-5", input: 200, output: 150, costNanos: 10_500_000 };
    expect(spansOf({ type: "model.prompted" }, { type: "model.completed", usage })[0]).toMatchObject({
      name: "gpt-5",
      tokens: 350,
      costNanos: 10_500_000,
    });
    expect(spansOf({ type: "error.occurred", error: { message: "timeout", code: "DB" } })[0]).toMatchObject({
      kind: "error",
      name: "DB",
      status: "failed",
      error: "timeout",
    });
  });

  it("of a model call say what it said, once it has, and of a tool call what it was given", () => {
    const asked = { type: "model.prompted" as const, summary: "Sending prompt to LLM" };
    const called = { type: "tool.called" as const, name: "read", callId: "1", summary: "path: a.csv" };
    const said = [{ type: "model.completed" as const, summary: "Revenue grew 15 %" }];
    const spans = spansOf(asked, ...said, asked, called, { type: "tool.returned", name: "read", callId: "1", summary: "3 rows" });
    expect(spans.map((span) => span.summary)).toEqual(["Revenue grew 15 %", "Sending prompt to LLM", "path: a.csv"]);
    expect(spansOf(asked, { type: "model.completed" })[0]?.summary).toBe("Sending prompt to LLM");
  });

  it("of a human wait are waiting while they are open, whatever the answer was succeeded, and failed on a timeout", () => {
    const ask: CanonicalEvent = { type: "approval.requested", approval: { id: "a", tool: "rm" } };
    expect(draw(ask)).toEqual(["wait rm < run [0, ] waiting"]);
    expect(draw(ask, { type: "approval.decided", approval: { id: "a", decision: "denied" } })).toEqual(["wait rm < run [0, 1] succeeded"]);
    expect(draw(ask, { type: "approval.decided", approval: { decision: "timeout" } })).toEqual(["wait rm < run [0, 1] failed"]);
    expect(draw(ask, { type: "run.completed" })).toEqual(["wait rm < run [0, 1] cancelled"]);
  });

  it("of a human wait end with its answer also where the same was asked again under its id", () => {
    const ask: CanonicalEvent = { type: "approval.requested", approval: { id: "a", tool: "rm" } };
    const answered = ["wait rm < run [0, 2] succeeded", "wait rm < run [1, 2] succeeded"];
    expect(draw(ask, ask, { type: "approval.decided", approval: { id: "a", decision: "approved" } })).toEqual(answered);
    expect(draw(ask, ask, { type: "approval.decided", approval: { requestSeq: 1, decision: "approved" } })).toEqual(answered);
  });

  it.each(["returned", "failed"] as const)("of a human wait end with what became of the tool where no decision is reported: %s", (end) => {
    const events = log(
      { type: "approval.requested", approval: { kind: "tool", tool: "send_email" } },
      { type: "tool.returned", name: "search" },
      { type: `tool.${end}`, name: "send_email", summary: "sent", ...(end === "failed" ? { error: { message: "no server" } } : {}) },
    );
    const wait = (dialect: Dialect) => {
      const sent = events.map((event) => ({ ...event, source: { ...event.source, dialect } }));
      return fold(emptyRun(), sent).timeline.spans[0];
    };
    expect(wait("powabase")).toMatchObject({ kind: "wait", status: "succeeded", closeSeq: 3, summary: null, error: null });
    expect(wait("shannon")).toMatchObject({ kind: "wait", status: "waiting", closeSeq: null });
  });

  it("of a human wait end with our own decision, which names the request by its seq, and with no echo of another", () => {
    const ask: CanonicalEvent = { type: "approval.requested", approval: { question: "Go on?" } };
    const ours: CanonicalEvent = { type: "approval.decided", approval: { requestSeq: 2, decision: "answered" } };
    expect(draw(ask, ask, ours, { type: "approval.decided", approval: { decision: "answered" } })).toEqual([
      "wait human input < run [0, ] waiting",
      "wait human input < run [1, 2] succeeded",
    ]);
  });

  it("that are open end with the run: succeeded with it, cancelled without", () => {
    const open: CanonicalEvent[] = [
      { type: "agent.started", agent: "a" },
      { type: "tool.called", agent: "a", name: "t" },
    ];
    expect(draw(...open, { type: "run.completed" })).toEqual(["agent a < run [0, 2] succeeded", "tool t < a [1, 2] succeeded"]);
    expect(draw(...open, { type: "run.failed" })).toEqual(["agent a < run [0, 2] cancelled", "tool t < a [1, 2] cancelled"]);
  });

  it("that the run's end cut off take their real end when it still comes", () => {
    expect(draw({ type: "tool.called", name: "t" }, { type: "run.completed" }, { type: "tool.failed", name: "t" })).toEqual([
      "tool t < run [0, 2] failed",
    ]);
  });

  it("of a stream end with the step that it belongs to", () => {
    expect(
      draw(
        { type: "step.started", name: "s" },
        { type: "model.streamed" },
        { type: "model.streamed" },
        { type: "step.completed", name: "s" },
      ),
    ).toEqual(["step s < run [0, 3] succeeded", "model model < s [1, 3] succeeded"]);
  });
});

describe("the tree", () => {
  it("puts a coordinator's delegation under its step and the delegate's unnamed work under the delegation", () => {
    expect(
      draw(
        { type: "step.started", callId: "1", name: "Step 1" },
        { type: "delegation.started", callId: "x", edge: { to: "writer" } },
        { type: "step.started", callId: "1", name: "Step 1" },
        { type: "tool.called", callId: "t", name: "lookup" },
        { type: "tool.returned", callId: "t" },
        { type: "step.completed", callId: "1" },
        { type: "delegation.completed", callId: "x" },
        { type: "step.completed", callId: "1" },
        { type: "tool.called", callId: "u", name: "after" },
      ),
    ).toEqual([
      "step Step 1 < run [0, 7] succeeded",
      "delegation writer < Step 1 [1, 6] succeeded",
      "step Step 1 < writer [2, 5] succeeded",
      "tool lookup < Step 1 [3, 4] succeeded",
      "tool after < run [8, ] running",
    ]);
  });

  describe("of a coordinator whose tools hand work over", () => {
    const call = (id: string, to: string): CanonicalEvent => ({
      ...{ type: "tool.called", callId: id, name: `delegate_to_${to}` },
      edge: { to },
    });
    const begin = (id: string, to: string): CanonicalEvent => ({ type: "delegation.started", callId: id, edge: { to } });
    const end = (id: string, to: string, more: Partial<CanonicalEvent> = {}): CanonicalEvent => ({
      ...{ type: "delegation.completed", agent: to, callId: id },
      ...{ edge: { to }, ...more },
    });
    const failed = { error: { message: "no" } };

    it("has each delegation under its call, and both end with it, the next one beside them", () => {
      expect(
        draw(
          call("c1", "writer"),
          begin("x", "writer"),
          end("x", "writer"),
          call("c2", "editor"),
          begin("y", "editor"),
          end("y", "editor", failed),
        ),
      ).toEqual([
        "tool delegate_to_writer < run [0, 2] succeeded",
        "delegation writer < delegate_to_writer [1, 2] succeeded",
        "tool delegate_to_editor < run [3, 5] failed",
        "delegation editor < delegate_to_editor [4, 5] failed",
      ]);
    });

    it("ends the delegation with its call where only that one's end is reported", () => {
      expect(draw(call("c1", "writer"), begin("", "writer"), { type: "tool.failed", callId: "c1", ...failed })).toEqual([
        "tool delegate_to_writer < run [0, 2] failed",
        "delegation writer < delegate_to_writer [1, 2] failed",
      ]);
    });

    it("lets the end that is reported for each count", () => {
      expect(draw(call("c1", "writer"), begin("x", "writer"), end("x", "writer"), { type: "tool.returned", callId: "c1" })).toEqual([
        "tool delegate_to_writer < run [0, 3] succeeded",
        "delegation writer < delegate_to_writer [1, 2] succeeded",
      ]);
    });

    it("pairs calls and delegations side by side by the agent's name, however the tool writes it", () => {
      expect(
        draw(
          call("c1", "market_researcher"),
          call("c2", "writer"),
          begin("y", "writer"),
          begin("x", "Market Researcher"),
          end("y", "writer"),
        ),
      ).toEqual([
        "tool delegate_to_market_researcher < run [0, ] running",
        "tool delegate_to_writer < run [1, 4] succeeded",
        "delegation writer < delegate_to_writer [2, 4] succeeded",
        "delegation Market Researcher < delegate_to_market_researcher [3, ] running",
      ]);
    });

    it("leaves a call that was refused out of the next delegation to the same agent", () => {
      const refused: CanonicalEvent = { type: "tool.failed", callId: "c1", ...failed };
      expect(draw(call("c1", "writer"), refused, begin("x", "writer"))).toEqual([
        "tool delegate_to_writer < run [0, 1] failed",
        "delegation writer < run [2, ] running",
      ]);
    });

    it("opens nothing for a delegate's words nor for the end that it reports, and ends with it what its work opened", () => {
      const said: CanonicalEvent = { type: "text.streamed", agent: "writer", text: "Dear" };
      const used: CanonicalEvent = { type: "tool.called", agent: "writer", name: "lookup", callId: "l" };
      const next: CanonicalEvent = { type: "tool.called", name: "next", callId: "n" };
      expect(draw(begin("x", "writer"), said, end("x", "writer"), next)).toEqual([
        "delegation writer < run [0, 2] succeeded",
        "tool next < run [3, ] running",
      ]);
      expect(draw(begin("x", "writer"), said, used, end("x", "writer", failed), next)).toEqual([
        "delegation writer < run [0, 3] failed",
        "agent writer < writer [2, 3] failed",
        "tool lookup < writer [2, ] running",
        "tool next < run [4, ] running",
      ]);
      expect(draw(begin("", "writer"), end("", "writer"))).toEqual(["delegation writer < run [0, 1] succeeded"]);
    });
  });

  it("puts an agent under the open delegation to it", () => {
    expect(draw({ type: "delegation.started", agent: "lead", edge: { to: "writer" } }, { type: "agent.started", agent: "writer" })).toEqual(
      ["agent lead < run [0, ] running", "delegation writer < lead [0, ] running", "agent writer < writer [1, ] running"],
    );
  });

  it("ends a delegation with its agent where no end of its own is reported, each with one", () => {
    expect(
      draw(
        { type: "delegation.started", agent: "lead", edge: { from: "lead", to: "writer" } },
        { type: "agent.started", agent: "writer" },
        { type: "delegation.started", agent: "lead", edge: { from: "lead", to: "writer" } },
        { type: "agent.completed", agent: "writer", usage: { scope: "agent", total: 7 } },
        { type: "agent.started", agent: "writer" },
        { type: "agent.failed", agent: "writer" },
        { type: "delegation.started", agent: "lead", callId: "c", edge: { from: "lead", to: "writer" } },
        { type: "agent.completed", agent: "writer" },
      ).filter((line) => line.startsWith("delegation")),
    ).toEqual([
      "delegation writer < lead [0, 3] succeeded",
      "delegation writer < lead [2, 5] failed",
      "delegation writer < lead [6, ] running",
    ]);
  });

  it("lets the end that is reported for a delegation count, whether its agent ended before or not", () => {
    const began = [
      { type: "delegation.started" as const, edge: { from: "lead", to: "writer" } },
      { type: "agent.started" as const, agent: "writer" },
    ];
    const ends = [
      { type: "delegation.completed" as const, edge: { from: "lead", to: "writer" } },
      { type: "agent.completed" as const, agent: "writer" },
    ];
    for (const [first, second] of [ends, ends.toReversed()] as const) {
      const lines = draw(...began, first as (typeof ends)[0], second as (typeof ends)[0]).filter((line) => line.startsWith("delegation"));
      expect(lines).toEqual([`delegation writer < run [0, ${first === ends[0] ? 2 : 3}] succeeded`]);
    }
  });

  it("puts an unnamed tool under the agent that is at work", () => {
    expect(draw({ type: "agent.started", agent: "Researcher" }, { type: "tool.called", name: "web_search" })).toEqual([
      "agent Researcher < run [0, ] running",
      "tool web_search < Researcher [1, ] running",
    ]);
  });

  it("shows an agent that is only seen at work, and takes its later start for the same span", () => {
    const [seen, ...others] = spansOf({ type: "agent.thought", agent: "a" }, { type: "agent.started", agent: "a", summary: "Research" });
    expect(others).toEqual([]);
    expect(seen).toMatchObject({ kind: "agent", status: "running", startMs, summary: "Research" });
  });

  it("keeps a child unattached until its declared parent comes, then moves it", () => {
    const child: CanonicalEvent = { type: "agent.started", agent: "child", parentAgent: "lead" };
    expect(draw(child)).toEqual(["agent child < unattached [0, ] running"]);
    expect(draw(child, { type: "agent.started", agent: "lead" })).toEqual([
      "agent child < lead [0, ] running",
      "agent lead < run [1, ] running",
    ]);
  });

  it("breaks a circle of declared parents", () => {
    expect(draw({ type: "agent.started", agent: "a", parentAgent: "b" }, { type: "agent.started", agent: "b", parentAgent: "a" })).toEqual([
      "agent a < run [0, ] running",
      "agent b < a [1, ] running",
    ]);
  });
});
