import { describe, expect, it } from "vitest";
import { type CanonicalEvent, type CanonicalType, canonicalTypes } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { emptyRow, foldRow } from "./fold";
import { log, startMs } from "./testing/log";

type Told = CanonicalEvent & Partial<Pick<LoggedEvent, "receivedAtMs" | "origin">>;

const row = (...events: readonly Told[]) => foldRow(emptyRow(), log(...events)).lifecycle;
/** In the sender's order, whatever the order of arrival. */
const at = (seconds: number) => ({ occurredAtMs: startMs + seconds * 1_000 });

describe("the counts of a run", () => {
  const none = { steps: 0, toolCalls: 0, modelCalls: 0, errors: 0, unknown: 0, late: 0 };

  it.each<[CanonicalType[], Partial<typeof none>]>([
    [["step.started"], { steps: 1 }],
    [["step.completed"], { steps: 1 }],
    [["step.failed"], { steps: 1, errors: 1 }],
    [["step.started", "step.started", "step.completed", "step.failed"], { steps: 2, errors: 1 }],
    [["tool.called"], { toolCalls: 1 }],
    [["tool.returned"], { toolCalls: 1 }],
    [["tool.failed"], { toolCalls: 1, errors: 1 }],
    [["tool.called", "tool.called", "tool.returned"], { toolCalls: 2 }],
    [["model.prompted"], { modelCalls: 1 }],
    [["model.completed"], { modelCalls: 1 }],
    [["model.prompted", "model.prompted", "model.completed"], { modelCalls: 2 }],
    [["model.prompted", "model.completed", "model.completed"], { modelCalls: 2 }],
    [["error.occurred", "agent.failed", "run.failed"], { errors: 3 }],
    [["error.recovered", "log.written", "text.streamed"], {}],
    [["event.unknown", "event.unknown"], { unknown: 2 }],
  ])("are of %j", (types, counts) => {
    expect(row(...types.map((type) => ({ type }))).counts).toEqual({ ...none, events: types.length, ...counts });
  });
});

describe("what is work", () => {
  it("of a run is every type but those that say nothing of its being under way", () => {
    const aside = ["run.updated", "stream.ended", "approval.decided", "heartbeat.received"];
    const outside = ["resource.changed", "webhook.sent", "webhook.failed", "user.acted", "billing.recorded"];
    const own: Partial<Record<CanonicalType, string>> = {
      ...{ "run.completed": "succeeded", "run.failed": "failed", "run.cancelled": "cancelled", "run.expired": "expired" },
      ...{ "run.pausing": "pausing", "run.paused": "paused", "run.cancelling": "cancelling", "approval.requested": "waiting" },
    };
    for (const type of canonicalTypes)
      expect([type, row({ type }).status]).toEqual([type, own[type] ?? ([...aside, ...outside].includes(type) ? "queued" : "running")]);
  });

  it("of an agent is what it does itself, not what is done about it", () => {
    const notWork = [
      ...["run.completed", "run.failed", "run.cancelled", "run.expired", "run.pausing", "run.paused", "run.resumed", "run.cancelling"],
      ...["run.updated", "stream.ended", "role.assigned", "team.recruited", "team.updated", "team.retired", "task.assigned"],
      ...["task.completed", "dependency.satisfied", "message.received", "approval.decided", "budget.crossed", "error.recovered"],
      ...["resource.changed", "webhook.sent", "webhook.failed", "user.acted", "billing.recorded", "heartbeat.received", "event.unknown"],
    ];
    expect(canonicalTypes.filter((type) => row({ type, agent: "a" }).agents.length === 0)).toEqual(
      canonicalTypes.filter((type) => notWork.includes(type)),
    );
  });
});

describe("a run that was begun anew", () => {
  const ended: Told = { type: "run.failed", durationMs: 900, error: { message: "boom", code: "E", stack: "at x" }, ...at(2) };

  it("knows nothing more of the end that it had", () => {
    expect(row({ type: "run.started" }, ended)).toMatchObject({
      ...{ status: "failed", endedAtMs: startMs + 2_000, reportedDurationMs: 900, error: { message: "boom", code: "E", stack: "at x" } },
    });
    const began = foldRow(emptyRow(), log({ type: "run.started" }, ended));
    const again = foldRow(began, log({ type: "run.started" }, ended, { type: "run.started", ...at(3) }));
    expect(again.lifecycle).toMatchObject({ status: "running", endedAtMs: null, reportedDurationMs: null, error: null });
    expect(again.lifecycle.startedAtMs).toBe(startMs);
  });

  it("waits for what it asks, named as well as it can be", () => {
    const waits = (approval: NonNullable<CanonicalEvent["approval"]>) => row({ type: "approval.requested", approval }).waitingFor;
    expect([waits({ question: "Go?", tool: "rm" }), waits({ tool: "rm" }), waits({})]).toEqual(["Go?", "rm", "a decision"]);
    expect(row({ type: "approval.requested", approval: {}, ...at(4) }).statusAt).toMatchObject({ seq: 1, occurredAtMs: startMs + 4_000 });
    expect(row({ type: "run.started" }, { type: "run.expired", error: { message: "too slow" } }).error?.message).toBe("too slow");
    expect(row({ type: "run.started" }, { type: "run.cancelled", error: { message: "stopped" } }).error).toBeNull();
  });
});

describe("how far a run is", () => {
  it.each<[NonNullable<CanonicalEvent["progress"]>, number | null]>([
    [{ percent: 40 }, 40],
    [{ percent: 40, step: 1, steps: 2 }, 40],
    [{ step: 1, steps: 4 }, 25],
    [{ percent: 150 }, 100],
    [{ percent: -5 }, 0],
    [{ step: 1 }, null],
    [{ step: 1, steps: 0 }, null],
    [{}, null],
  ])("is read from %j as %j percent", (progress, percent) => {
    expect(row({ type: "progress.reported", progress }).progressPercent).toBe(percent);
  });

  it("is what was said last in the sender's order, and stays where nothing is said", () => {
    const said = (seconds: number, percent: number): Told => ({ type: "progress.reported", progress: { percent }, ...at(seconds) });
    expect(row(said(1, 10), said(2, 20), { type: "progress.reported", ...at(3) }).progressPercent).toBe(20);
    expect(row(said(2, 20), said(1, 10)).progressPercent).toBe(20);
  });
});

describe("the budget of a run", () => {
  const crossed = (seconds: number, budget: NonNullable<CanonicalEvent["budget"]>): Told => ({
    type: "budget.crossed",
    budget,
    ...at(seconds),
  });
  const full = { usedPercent: 85, thresholdPercent: 80, tokensUsed: 850, tokensBudget: 1_000 };

  it("is what the sender says of it, as far as it says it", () => {
    expect(row(crossed(1, full)).budget).toEqual(full);
    expect(row(crossed(1, { usedPercent: 85 })).budget).toEqual({
      ...{ usedPercent: 85, thresholdPercent: null },
      tokensUsed: null,
      tokensBudget: null,
    });
    expect(row(crossed(1, { usedPercent: 0 })).budget?.usedPercent).toBe(0);
    expect(row(crossed(1, { usedPercent: -1 })).budget?.usedPercent).toBe(0);
    expect(row(crossed(1, { thresholdPercent: 80 })).budget).toBeNull();
    expect(row(crossed(1, full), crossed(2, { thresholdPercent: 90 })).budget).toEqual(full);
  });

  it("is the last of them in the sender's order", () => {
    expect(row(crossed(1, { usedPercent: 50 }), crossed(2, full)).budget).toEqual(full);
    expect(row(crossed(2, full), crossed(1, { usedPercent: 50 })).budget).toEqual(full);
  });

  it("is no budget of ours for more than this run", () => {
    const ours = (scope: string): Told => ({ ...crossed(2, { usedPercent: 99, scope }), origin: "watchfloor" });
    expect(row(crossed(1, full), ours("project")).budget).toEqual(full);
    expect(row(crossed(1, full), ours("run")).budget?.usedPercent).toBe(99);
    expect(row(crossed(1, { usedPercent: 99, scope: "project" })).budget?.usedPercent).toBe(99);
  });
});

describe("what a run is about", () => {
  const about = (seconds: number, run: NonNullable<CanonicalEvent["run"]>): Told => ({ type: "run.updated", run, ...at(seconds) });

  it("is what was said last in the sender's order; what is not said, or empty, takes nothing away", () => {
    const first = about(1, { name: "Draft", query: "Write", sessionId: "s-1", mode: "fast" });
    expect(row(first, about(2, { name: "Report" }))).toMatchObject({ name: "Report", query: "Write", sessionId: "s-1", mode: "fast" });
    expect(row(about(2, { name: "Report" }), first)).toMatchObject({ name: "Report", query: "Write", sessionId: "s-1", mode: "fast" });
    expect(row(first, about(2, { name: "", query: "", sessionId: "", mode: "" }))).toMatchObject({
      name: "Draft",
      query: "Write",
      mode: "fast",
    });
    expect(row(first, about(3, { query: "Rewrite" }), about(2, { query: "Wait" })).query).toBe("Rewrite");
  });

  it("is led by the agent of its start, else by the first in the sender's order", () => {
    const works = (seconds: number, agent: string): Told => ({ type: "tool.called", agent, ...at(seconds) });
    expect(row(works(2, "second"), works(1, "first"), works(3, "third")).agent).toBe("first");
    expect(row(works(1, "first"), { type: "run.started", agent: "lead", ...at(2) }, works(0, "earlier")).agent).toBe("lead");
    const starts = (seconds: number, agent: string): Told => ({ type: "run.started", agent, ...at(seconds) });
    expect(row(starts(2, "again"), starts(1, "lead"), starts(3, "third")).agent).toBe("lead");
  });
});

describe("the clocks of a run", () => {
  it("begin with its start, else with its earliest event", () => {
    expect(row({ type: "tool.called", ...at(2) }, { type: "tool.called", ...at(1) }, { type: "tool.called", ...at(3) })).toMatchObject({
      startedAtMs: startMs + 1_000,
      lastEventAtMs: startMs + 3_000,
    });
    expect(row({ type: "run.started", ...at(2) }, { type: "tool.called", ...at(1) }).startedAtMs).toBe(startMs + 2_000);
    expect(row({ type: "tool.called", ...at(1) }, { type: "run.started", ...at(2) }).startedAtMs).toBe(startMs + 2_000);
    expect(row({ type: "run.started", ...at(3) }, { type: "run.started", ...at(2) }).startedAtMs).toBe(startMs + 2_000);
  });

  it("know the longest silence of the agent, and count none that a person or a pause made", () => {
    const gap = (type: CanonicalType) =>
      row({ type: "tool.called", receivedAtMs: startMs }, { type, receivedAtMs: startMs + 9_000 }).longestGapMs;
    expect([gap("tool.returned"), gap("approval.requested")]).toEqual([9_000, 9_000]);
    expect([gap("approval.decided"), gap("run.resumed"), gap("run.started")]).toEqual([0, 0, 0]);
    const heard = [0, 5_000, 2_000, 6_000].map((ms): Told => ({ type: "tool.called", receivedAtMs: startMs + ms }));
    expect(row(...heard)).toMatchObject({ longestGapMs: 5_000, lastReceivedAtMs: startMs + 6_000 });
  });
});

describe("what a run does now", () => {
  it.each<[CanonicalEvent, string]>([
    [{ type: "tool.called", name: "search", summary: 'q: "x"' }, 'search: q: "x"'],
    [{ type: "tool.called", name: "search", summary: "search for x" }, "search for x"],
    [{ type: "tool.called", name: "search" }, "search"],
    [{ type: "tool.called", summary: 'q: "x"' }, 'q: "x"'],
    ...(["agent.started", "agent.thought", "step.started", "model.prompted", "delegation.started", "task.assigned"] as const).map(
      (type): [CanonicalEvent, string] => [{ type, summary: "said", name: "n", text: "t" }, "said"],
    ),
    ...(["progress.reported", "wait.reported", "approval.requested", "artifact.created", "plan.updated", "error.recovered"] as const).map(
      (type): [CanonicalEvent, string] => [{ type, name: "n", text: "t" }, "n"],
    ),
    [{ type: "agent.thought", text: "t" }, "t"],
    [{ type: "approval.decided", approval: { decision: "denied" } }, "Denied"],
    [{ type: "approval.decided" }, "Answered"],
  ])("is said by %j", (event, line) => expect(row(event).activity).toBe(line));

  it("is what was said last in the sender's order, and nothing that says nothing", () => {
    const called = (seconds: number, name: string): Told => ({ type: "tool.called", name, ...at(seconds) });
    expect(row(called(2, "second"), called(1, "first")).activity).toBe("second");
    expect(row(called(1, "first"), called(2, "second"), { type: "step.started", summary: "", ...at(3) }).activity).toBe("second");
    expect(row(called(1, "first"), { type: "log.written", text: "x", ...at(2) }).activity).toBe("first");
  });
});
