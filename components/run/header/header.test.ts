import { describe, expect, it } from "vitest";
import type { RunSummary } from "@/lib/core/api/run";
import { completeness } from "./completeness";
import { elapsedMs, silentSinceMs } from "./run-clock";

const at = (second: number) => new Date(Date.UTC(2025, 0, 20, 10, 0, second)).toISOString();

const running: RunSummary = {
  ...{
    id: "0194833b-0000-7000-8000-000000000001",
    externalId: "wf-1",
    dialect: "shannon",
    source: "default",
    environment: null,
    name: "Sort the invoices",
    agent: null,
  },
  ...{ status: "running", createdAt: at(1), startedAt: at(0), endedAt: null, durationMs: null, lastEventAt: at(20), lastSeq: 412 },
  ...{ agents: 1, steps: 0, toolCalls: 0, modelCalls: 0, errors: 0, unknownEvents: 0, models: [], activity: null, sessionId: null },
  tokens: { input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0, total: 0 },
  cost: { reportedNanos: 0, estimatedNanos: 0, unpricedCalls: 0, runReportedNanos: null, callsReportedNanos: 0, agentsReportedNanos: 0 },
  ...{ pendingApprovals: 0, progressPercent: null },
  completeness: { sourceFirstSeq: 1, sourceLastSeq: 412, sourceSeen: 409, sourceMissing: 3, late: 2 },
};

describe("elapsed time", () => {
  it("runs with the clock, and never shows less than the sender has already told", () => {
    expect(elapsedMs(running, Date.parse(at(45)))).toBe(45_000);
    expect(elapsedMs(running, Date.parse(at(5)))).toBe(20_000);
  });

  it("stands still at the end: as reported, else the end, else the last event", () => {
    expect(elapsedMs({ ...running, status: "succeeded", durationMs: 44_100 }, Date.parse(at(59)))).toBe(44_100);
    expect(elapsedMs({ ...running, status: "failed", endedAt: at(30) }, Date.parse(at(59)))).toBe(30_000);
    expect(elapsedMs({ ...running, status: "expired" }, Date.parse(at(59)))).toBe(20_000);
  });

  it("of a recording that is played today counts from its arrival, not from the year it was made", () => {
    const played = { ...running, createdAt: new Date(Date.parse(at(0)) + 400 * 86_400_000).toISOString() };
    expect(elapsedMs(played, Date.parse(played.createdAt) + 31_000)).toBe(31_000);
  });

  it("is unknown before the start", () => {
    expect(elapsedMs({ ...running, status: "queued", startedAt: null }, Date.now())).toBeNull();
  });
});

describe("a silence", () => {
  const stalls = { ...running, stallsAt: at(50) };

  it("begins with the last thing heard, once it is too long for the run", () => {
    expect(silentSinceMs(stalls, Date.parse(at(49)))).toBeNull();
    expect(silentSinceMs(stalls, Date.parse(at(50)))).toBe(Date.parse(at(20)));
  });

  it("is none of a run that cannot stall", () => {
    expect(silentSinceMs({ ...running, stallsAt: null }, Date.parse(at(59)))).toBeNull();
  });
});

describe("completeness", () => {
  it("counts what the sender's own sequence says is missing", () => {
    expect(completeness(running)).toEqual({
      verdict: "missing",
      seen: 409,
      expected: 412,
      missing: 3,
      late: 2,
      range: { first: 1, last: 412 },
    });
    expect(completeness({ ...running, completeness: { ...running.completeness, sourceSeen: 412, sourceMissing: 0 } }).verdict).toBe(
      "whole",
    );
  });

  it("makes no claim where the sender has no sequence", () => {
    const none = { sourceFirstSeq: null, sourceLastSeq: null, sourceSeen: 0, sourceMissing: null, late: 0 };
    expect(completeness({ lastSeq: 1_204, completeness: none })).toMatchObject({ verdict: "uncounted", seen: 1_204, expected: null });
  });
});
