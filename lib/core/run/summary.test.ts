import { describe, expect, it } from "vitest";
import { RunSummary } from "../api/run";
import type { CanonicalEvent } from "../events/canonical";
import { isUntimed, runDurationMs, silentMs, spanDurationMs, waitingMs } from "./duration";
import { emptyRow, foldRow } from "./fold";
import { stallVerdict } from "./stall";
import { toRunSummary } from "./summary";
import { log, startMs } from "./testing/log";

const run = {
  id: "0198c0de-0000-7000-8000-000000000001",
  externalId: "wf-550e",
  dialect: "shannon" as const,
  source: "default",
  environment: null,
  createdAtMs: startMs,
};
const row = (...events: CanonicalEvent[]) => foldRow(emptyRow(), log(...events));
const summary = (...events: CanonicalEvent[]) => toRunSummary(run, row(...events));
const minutes = (count: number) => startMs + count * 60_000;

describe("a run's summary", () => {
  it("fits the published schema from the first moment to the last", () => {
    const events: CanonicalEvent[] = [
      { type: "run.started", agent: "a", run: { query: "Analyze", sessionId: "s" } },
      { type: "approval.requested", approval: { question: "Go on?" } },
      { type: "budget.crossed", budget: { usedPercent: 85, thresholdPercent: 80 } },
      { type: "run.failed", error: { message: "boom", code: "X" }, usage: { scope: "run", model: "gpt-5", total: 5, costNanos: 7 } },
    ];
    for (let length = 0; length <= events.length; length += 1) {
      const made = summary(...events.slice(0, length));
      expect(RunSummary.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    }
    expect(summary(...events.slice(0, 2))).toMatchObject({
      status: "waiting",
      waitingFor: "Go on?",
      pendingApprovals: 1,
      durationMs: null,
    });
    expect(summary(...events)).toMatchObject({
      status: "failed",
      error: { message: "boom", code: "X" },
      models: ["gpt-5"],
      pendingApprovals: 0,
      durationMs: 3_000,
    });
  });

  it("says all that the row knows", () => {
    const events: CanonicalEvent[] = [
      { type: "run.started", agent: "lead", run: { name: "Q4", sessionId: "s" } },
      { type: "tool.called", agent: "helper", name: "search" },
      { type: "approval.requested", approval: { question: "Go on?" } },
      { type: "progress.reported", progress: { percent: 40 } },
      { type: "budget.crossed", budget: { usedPercent: 85, thresholdPercent: 80 } },
      { type: "event.unknown", usage: { scope: "call", model: "gpt-5", total: 5, costNanos: 7 } },
      { type: "error.occurred", error: { message: "retrying", recoverable: true } },
    ];
    const at = (second: number) => new Date(startMs + second * 1_000).toISOString();
    const { tokens, cost, ...made } = toRunSummary({ ...run, environment: "prod" }, row(...events));
    expect([tokens.total, cost.reportedNanos]).toEqual([5, 7]);
    expect(made).toEqual({
      ...{ id: run.id, externalId: "wf-550e", dialect: "shannon", source: "default", environment: "prod" },
      ...{ name: "Q4", agent: "lead", agents: 2, agentNames: ["lead", "helper"], sessionId: "s", models: ["gpt-5"] },
      ...{ status: "waiting", waitingFor: "Go on?", waitingSince: at(2), pendingApprovals: 1, activity: "search" },
      ...{ createdAt: at(0), startedAt: at(0), endedAt: null, durationMs: null, stallsAt: null },
      ...{ lastEventAt: at(6), lastReceivedAt: new Date(startMs + 6_005).toISOString(), lastSeq: 7 },
      ...{ steps: 0, toolCalls: 1, modelCalls: 0, errors: 1, unknownEvents: 1, progressPercent: 40 },
      budget: { usedPercent: 85, thresholdPercent: 80 },
      completeness: { sourceFirstSeq: null, sourceLastSeq: null, sourceSeen: 0, sourceMissing: null, late: 0 },
    });
    expect(summary({ type: "run.started" }).stallsAt).toBe(new Date(startMs + 5 + 300_000).toISOString());
  });

  it.each<[string, CanonicalEvent["run"], string]>([
    ["its name", { name: "Q4", query: "Analyze" }, "Q4"],
    ["else what was asked", { query: "  Analyze\u00a0" }, "Analyze"],
    ["else its agent", { name: " " }, "lead"],
  ])("is called by %s", (_, about, name) => {
    expect(summary({ type: "run.started", agent: "lead", ...(about === undefined ? {} : { run: about }) }).name).toBe(name);
  });

  it("is called by the sender's id when nothing better is known, and by no more than 300 characters", () => {
    expect(summary({ type: "run.started" }).name).toBe("wf-550e");
    expect(summary({ type: "run.started", run: { query: "q".repeat(1_000) } }).name).toHaveLength(300);
  });

  it("never has a negative duration when clocks disagree", () => {
    const skewed = { ...{ type: "run.completed" as const }, occurredAtMs: startMs - 90_000, sourceSeq: 2 };
    expect(summary({ type: "run.started", sourceSeq: 1 }, skewed).durationMs).toBe(0);
    expect(summary({ type: "run.started" }, { type: "run.completed", durationMs: 45_000 }).durationMs).toBe(45_000);
  });

  it("says which of the sender's events are missing", () => {
    const numbered = [1, 2, 5].map((sourceSeq): CanonicalEvent => ({ type: "log.written", sourceSeq }));
    expect(summary(...numbered).completeness).toMatchObject({ sourceFirstSeq: 1, sourceLastSeq: 5, sourceSeen: 3, sourceMissing: 2 });
    expect(summary({ type: "log.written" }).completeness.sourceMissing).toBeNull();
  });
});

describe("a stall", () => {
  it("is a wait for a human, and says for what", () => {
    expect(stallVerdict(row({ type: "approval.requested", approval: { tool: "rm" } }), minutes(3))).toMatchObject({
      kind: "waiting-for-human",
      what: "rm",
      forMs: 180_000,
    });
  });

  it("is a silence of more than five minutes, and says what was going on", () => {
    const state = row({ type: "run.started" }, { type: "tool.called", name: "search" });
    expect(stallVerdict(state, minutes(5))).toBeNull();
    expect(stallVerdict(state, minutes(7))).toMatchObject({ kind: "silent", thresholdMs: 300_000, during: "search" });
  });

  it("is more than three times the longest silence so far", () => {
    const slow = log({ type: "run.started" }, { type: "tool.returned", receivedAtMs: minutes(4) });
    const state = foldRow(emptyRow(), slow);
    expect(stallVerdict(state, minutes(15))).toBeNull();
    expect(stallVerdict(state, minutes(17))).toMatchObject({ kind: "silent" });
  });

  it.each(["run.started", "run.pausing", "run.cancelling"] as const)("is a silence after %s", (type) => {
    expect(stallVerdict(row({ type }), minutes(60))).toMatchObject({ kind: "silent" });
  });

  it.each(["run.completed", "run.paused"] as const)("is none after %s", (type) => {
    expect(stallVerdict(row({ type: "run.started" }, { type }), minutes(60))).toBeNull();
  });
});

describe("durations", () => {
  it("grow with the clock they are given and stop at the end", () => {
    const running = row({ type: "run.started" }).lifecycle;
    expect(runDurationMs(running, startMs + 12_000)).toBe(12_000);
    expect(runDurationMs(running, startMs - 5)).toBe(0);
    expect(runDurationMs(row({ type: "run.started" }, { type: "run.cancelled" }).lifecycle, minutes(9))).toBe(1_000);
    expect(runDurationMs(emptyRow().lifecycle, startMs)).toBeNull();
    expect(waitingMs(row({ type: "approval.requested" }).lifecycle, startMs + 7)).toBe(7);
    expect(waitingMs(running, startMs)).toBeNull();
    expect(silentMs(running, startMs + 1_005)).toBe(1_000);
    expect(spanDurationMs({ startMs: 10, endMs: null }, 25)).toBe(15);
    expect(spanDurationMs({ startMs: 10, endMs: 12 }, 25)).toBe(2);
  });

  it("are not known of what one event tells without a length; two at one moment took no time", () => {
    const told = (closeSeq: number | null, endMs: number | null) => isUntimed({ openSeq: 4, closeSeq, startMs: 10, endMs });
    expect(told(4, 10)).toBe(true);
    expect(told(4, 12)).toBe(false);
    expect(told(5, 10)).toBe(false);
    expect(told(null, 10)).toBe(true);
    expect(told(null, null)).toBe(false);
  });
});
