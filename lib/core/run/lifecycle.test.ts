import { describe, expect, it } from "vitest";
import type { CanonicalEvent, CanonicalType } from "../events/canonical";
import { emptyRow, foldRow } from "./fold";
import { log, startMs, unclocked } from "./testing/log";

const status = (...types: CanonicalType[]) => foldRow(emptyRow(), log(...types.map((type) => ({ type })))).lifecycle.status;

describe("the status of a run", () => {
  it.each<[string, CanonicalType[], string]>([
    ["a stub is queued", ["approval.decided"], "queued"],
    ["work without a start runs", ["tool.called"], "running"],
    ["a start runs", ["run.started"], "running"],
    ["completed", ["run.started", "run.completed"], "succeeded"],
    ["failed", ["run.started", "run.failed"], "failed"],
    ["cancelled", ["run.started", "run.cancelling", "run.cancelled"], "cancelled"],
    ["expired", ["run.started", "run.expired"], "expired"],
    ["pausing", ["run.started", "run.pausing"], "pausing"],
    ["paused", ["run.started", "run.pausing", "run.paused"], "paused"],
    ["resumed", ["run.started", "run.paused", "run.resumed"], "running"],
    ["cancelling", ["run.started", "run.cancelling"], "cancelling"],
    ["waiting", ["run.started", "approval.requested"], "waiting"],
    ["one of two answered", ["approval.requested", "approval.requested", "approval.decided"], "waiting"],
    ["all answered", ["approval.requested", "approval.requested", "approval.decided", "approval.decided"], "running"],
    ["a pause of a waiting run shows", ["run.started", "approval.requested", "run.paused"], "paused"],
    ["a request of a paused run shows", ["run.started", "run.paused", "approval.requested"], "waiting"],
    ["an error alone fails nothing", ["run.started", "error.occurred"], "running"],
    ["the end of the stream ends nothing", ["run.started", "stream.ended"], "running"],
    [
      "work after the end reopens nothing",
      ["run.started", "run.completed", "tool.called", "approval.requested", "run.paused"],
      "succeeded",
    ],
    ["an explicit resume reopens", ["run.started", "run.completed", "run.resumed"], "running"],
    ["a new start reopens", ["run.started", "run.failed", "run.started"], "running"],
  ])("%s", (_, types, expected) => expect(status(...types)).toBe(expected));

  it("is not reopened by a first start that was overtaken on its way", () => {
    expect(foldRow(emptyRow(), unclocked({ type: "run.completed" }, { type: "run.started" })).lifecycle.status).toBe("succeeded");
    const again = unclocked({ type: "run.started" }, { type: "run.completed" }, { type: "run.started" });
    expect(foldRow(emptyRow(), again).lifecycle.status).toBe("running");
  });

  it("answers with the pieces that follow each other, or with the whole that the end says", () => {
    const piece = (text: string): CanonicalEvent => ({ type: "text.completed", text, joins: true });
    const answer = (...events: CanonicalEvent[]) => foldRow(emptyRow(), log(...events)).lifecycle.answer;
    expect(answer(piece("Hel"), piece("lo"), { type: "run.completed" })).toBe("Hello");
    expect(answer(piece("Let me look"), { type: "tool.called" }, piece("Fo"), piece("und"))).toBe("Found");
    expect(answer({ type: "text.streamed", text: "Hel" }, piece("Hello"))).toBe("Hello");
    expect(answer({ type: "text.completed", text: "Hello" }, piece("Hello"))).toBe("Hello");
    expect(answer(piece("Hel"), piece("lo"), { type: "run.completed", text: "Hello." })).toBe("Hello.");
    expect(answer(piece("x".repeat(1_500)), piece("y".repeat(1_500)))).toHaveLength(2_000);
  });

  describe("an answer that the end itself says", () => {
    const answer = (...events: CanonicalEvent[]) => foldRow(emptyRow(), log(...events)).lifecycle.answer;
    const done: CanonicalEvent = { type: "run.completed", text: "42" };
    const message: CanonicalEvent = { type: "text.completed", text: "Shall I also look at Q3?" };

    it("is not replaced by a message behind the end", () => {
      expect(answer({ type: "run.started" }, done, message)).toBe("42");
      expect(answer({ type: "run.started" }, message, done, message, message)).toBe("42");
    });

    it("is replaced by what the run says once it was begun anew, and by its next end", () => {
      expect(answer({ type: "run.started" }, done, { type: "run.started" }, message)).toBe(message.text);
      expect(answer({ type: "run.started" }, done, { type: "run.started" }, message, { ...done, text: "43" })).toBe("43");
      expect(answer({ type: "run.started" }, done, { type: "run.started" })).toBe("42");
    });

    it("leaves the word to the last message where the last end says none: a child's end comes in the middle of its parent's run", () => {
      expect(answer({ type: "run.started" }, done, message, { type: "run.completed" })).toBe(message.text);
      expect(answer({ type: "run.completed" }, message)).toBe(message.text);
      expect(answer(done, message, { type: "run.failed" })).toBe(message.text);
    });
  });

  it("counts what comes after the end as late and keeps it", () => {
    const { counts } = foldRow(
      emptyRow(),
      log(
        { type: "run.started" },
        { type: "run.completed" },
        { type: "tool.returned" },
        { type: "agent.completed" },
        { type: "stream.ended" },
      ),
    ).lifecycle;
    expect(counts).toMatchObject({ events: 5, late: 2, toolCalls: 1 });
  });

  it("comes from the later of two ends by the sender's order, not by arrival", () => {
    const events = log(
      { type: "run.started" },
      { type: "run.failed", occurredAtMs: startMs + 9_000 },
      { type: "run.completed", occurredAtMs: startMs + 8_000 },
    );
    expect(foldRow(emptyRow(), events).lifecycle).toMatchObject({ status: "failed", endedAtMs: startMs + 9_000 });
  });
});

describe("the error of a run", () => {
  const failure: CanonicalEvent = { type: "error.occurred", error: { message: "budget exceeded", recoverable: false } };
  const hiccup: CanonicalEvent = { type: "error.occurred", error: { message: "retrying", recoverable: true } };

  it("is the last one that was not recoverable, once the run has failed without saying why", () => {
    expect(foldRow(emptyRow(), log(failure, hiccup, { type: "run.failed" })).lifecycle.error?.message).toBe("budget exceeded");
    expect(foldRow(emptyRow(), log(failure, hiccup)).lifecycle.error).toBeNull();
    expect(foldRow(emptyRow(), log(failure, { type: "run.completed" })).lifecycle.error).toBeNull();
  });

  it("is the end's own where it has one", () => {
    expect(foldRow(emptyRow(), log(failure, { type: "run.failed", error: { message: "boom" } })).lifecycle.error?.message).toBe("boom");
  });

  it("is cut to what a row can carry", () => {
    const error = { message: "m".repeat(9_000), stack: "s".repeat(90_000) };
    const kept = foldRow(emptyRow(), log({ type: "run.failed", error })).lifecycle.error;
    expect([kept?.message.length, kept?.stack?.length]).toEqual([2_000, 4_000]);
  });
});

describe("what a run tells about itself", () => {
  it("waits since the oldest open request, and for that", () => {
    const row = foldRow(
      emptyRow(),
      log(
        { type: "approval.requested", approval: { id: "b", question: "second?" }, occurredAtMs: startMs + 2_000 },
        { type: "approval.requested", approval: { id: "a", question: "first?" }, occurredAtMs: startMs + 1_000 },
      ),
    );
    expect(row.lifecycle).toMatchObject({ waitingFor: "first?", waitingSinceMs: startMs + 1_000 });
  });

  it("counts a start and its end as one piece of work, and a lone end as one", () => {
    const pair: CanonicalEvent[] = [{ type: "tool.called" }, { type: "tool.returned" }];
    const { counts } = foldRow(
      emptyRow(),
      log(...pair, ...pair, { type: "step.completed" }, { type: "model.prompted" }, { type: "model.completed" }),
    ).lifecycle;
    expect(counts).toMatchObject({ toolCalls: 2, steps: 1, modelCalls: 1 });
  });

  it("does one thing now and nothing once it has ended", () => {
    const working = log(
      { type: "run.started" },
      { type: "tool.called", name: "search", summary: 'q: "x"' },
      { type: "tool.returned", name: "search" },
    );
    expect(foldRow(emptyRow(), working).lifecycle.activity).toBe('search: q: "x"');
    expect(
      foldRow(emptyRow(), [...working, ...log({ type: "run.completed" }).map((event) => ({ ...event, seq: 4 }))]).lifecycle.activity,
    ).toBeNull();
  });

  it("counts the agents that work, not who watches the budget or decides", () => {
    const row = foldRow(
      emptyRow(),
      log(
        { type: "run.started", agent: "writer" },
        { type: "budget.crossed", agent: "budget-manager" },
        { type: "approval.decided", agent: "reviewer" },
        { type: "tool.called", agent: "helper", name: "search" },
      ),
    );
    expect(row.lifecycle).toMatchObject({ agents: ["writer", "helper"], agentsTotal: 2, agent: "writer" });
  });

  it("no longer shows a question as what it does now once somebody, or nobody in time, has decided", () => {
    const asked: CanonicalEvent[] = [
      { type: "run.started" },
      { type: "approval.requested", summary: "Publish it?", approval: { kind: "tool", id: "a" } },
    ];
    const now = (event: CanonicalEvent) => foldRow(emptyRow(), log(...asked, event)).lifecycle.activity;
    expect(now({ type: "approval.decided", approval: { id: "a", decision: "timeout" } })).toBe("Nobody decided in time");
    expect(now({ type: "approval.decided", approval: { id: "a", decision: "approved" }, summary: "Looks fine" })).toBe(
      "Approved: Looks fine",
    );
  });

  it("stays small: 10,000 agents with long names leave a bounded row", () => {
    const many = log(
      ...Array.from(
        { length: 10_000 },
        (_, index): CanonicalEvent => ({
          type: "agent.started",
          agent: `${index}`.padEnd(1_000, "-"),
          usage: { scope: "agent", model: `m${index}`, total: 1 },
        }),
      ),
    );
    const row = foldRow(emptyRow(), many);
    expect(row.lifecycle.agents).toHaveLength(1_000);
    expect(row.lifecycle.agentsTotal).toBe(10_000);
    expect(Object.keys(row.usage.byModel).length).toBeLessThanOrEqual(201);
    expect(row.usage.byModel["(other)"]?.events).toBe(9_800);
    expect(JSON.stringify(row).length).toBeLessThan(1_000_000);
  });
});
