import { describe, expect, it } from "vitest";
import { prepareDensity } from "./prepare-density";

const span = (startMs: number, endMs: number | null, more: object = {}) => ({
  ...{ kind: "tool" as const, status: "succeeded" as const, startMs, endMs },
  ...more,
});
const stretch = { fromMs: 0, lengthMs: 100, columns: 10, place: (ms: number) => ms };

describe("the minimap", () => {
  it("shows how much went on at the same time, against the busiest moment", () => {
    const { columns } = prepareDensity([span(0, 95), span(20, 45), span(30, 35)], stretch);
    expect([...columns].map((share) => Math.round(share * 3))).toEqual([1, 1, 2, 3, 2, 1, 1, 1, 1, 1]);
  });

  it("counts what works, not what holds it, and marks where something failed", () => {
    const { columns, errors } = prepareDensity([span(0, 100, { kind: "agent" }), span(10, 55, { status: "failed" })], stretch);
    expect(columns[8]).toBe(0);
    expect([...errors].indexOf(1)).toBe(5);
  });

  it("counts no wait as work, and marks one that failed", () => {
    const waits = [span(20, 80, { kind: "wait", status: "failed" })];
    const { columns, errors } = prepareDensity([span(0, 15), ...waits], stretch);
    expect([...columns]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...errors].indexOf(1)).toBe(8);
  });

  it("keeps within its columns whatever the clocks say", () => {
    const { columns } = prepareDensity([span(-500, 9_000), span(200, null)], stretch);
    expect(columns).toHaveLength(10);
    expect(Math.max(...columns)).toBe(1);
    expect(prepareDensity([], { ...stretch, lengthMs: 0 }).columns).toHaveLength(10);
  });
});
