import { expect, test } from "vitest";
import { driftOf } from "./baseline";
import { type Figure, formatTarget, verdictOf } from "./figure";
import { replaceTable } from "./markdown";
import { mergeFigures } from "./report";

const ratio: Figure = { id: "ingest.single.ratio", label: "single", value: 0.3, unit: "ratio", target: { atLeast: 0.25 } };
const p99: Figure = { id: "ingest.single.p99", label: "p99", value: 16, unit: "ms", target: { atMost: 15 } };

test("a figure meets its target from its own side", () => {
  expect([ratio, p99].map(verdictOf)).toEqual(["met", "missed"]);
  expect([ratio, p99].map(formatTarget)).toEqual([">= 0.250", "<= 15.0 ms"]);
});

test("only ratios drift: an absolute figure says nothing on another machine", () => {
  const baseline = { takenAt: "2026-01-05T00:00:00.000Z", ratios: { "ingest.single.ratio": 0.25, "ingest.single.p99": 8 } };
  expect(driftOf(ratio, baseline)).toBeCloseTo(0.2);
  expect(driftOf(p99, baseline)).toBeNull();
  expect(driftOf(ratio, null)).toBeNull();
});

test("a run of some suites keeps the figures of the others, in their order", () => {
  const faster = { ...ratio, value: 0.4 };
  const added = { ...p99, id: "delay.idle.p99" };
  expect(mergeFigures([ratio, p99], [added, faster])).toEqual([faster, p99, added]);
});

test("the table goes between the markers of a document, and nowhere else", () => {
  const document = "before\n<!-- bench:start -->\nold\n<!-- bench:end -->\nafter\n";
  expect(replaceTable(document, "| new |")).toBe("before\n<!-- bench:start -->\n| new |\n<!-- bench:end -->\nafter\n");
  expect(() => replaceTable("no markers", "| new |")).toThrow("bench:start");
});
