import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/core/run/timeline-state";
import { createRowPreparer, type PreparedRows, prepareRows, type RowOptions, rowFlags, type Spans, UNATTACHED } from "./prepare-rows";

const everything: RowOptions = { collapsed: new Set(), errorsOnly: false, search: "" };

function span(id: string, parentId: string | null, more: Partial<Span> = {}): Span {
  const seq = Number(id.split(":")[1]);
  return {
    id,
    parentId,
    kind: "tool",
    name: id,
    agent: null,
    status: "succeeded",
    startMs: seq * 10,
    endMs: seq * 10 + 5,
    openSeq: seq,
    closeSeq: seq,
    callId: null,
    summary: null,
    tokens: null,
    costNanos: null,
    error: null,
    ...more,
  };
}

function timeline(...spans: Span[]): Spans {
  return { spans };
}

function drawn(rows: PreparedRows): string[] {
  return Array.from(rows.order, (index, row) => {
    const name = index === UNATTACHED ? "(unattached)" : (rows.spans[index]?.id ?? "?");
    return `${"  ".repeat(rows.depth[row] ?? 0)}${name}`;
  });
}

const family = timeline(
  span("agent:1", null),
  span("tool:2", "agent:1"),
  span("agent:3", "agent:1"),
  span("tool:4", "agent:3", { status: "failed", error: "CSV file not found" }),
  span("agent:5", null),
  span("tool:6", "agent:1", { summary: "SELECT 1" }),
);

describe("prepareRows", () => {
  it("lists children below their parent in order of first appearance", () => {
    expect(drawn(prepareRows(family, everything))).toEqual(["agent:1", "  tool:2", "  agent:3", "    tool:4", "  tool:6", "agent:5"]);
  });

  it("says in which row each span is, and that a hidden one is in none", () => {
    const rows = prepareRows(family, { ...everything, collapsed: new Set(["agent:3"]) });
    expect(Array.from(rows.rowOfSpan)).toEqual([0, 1, 2, -1, 4, 3]);
  });

  it("marks a collapsed span that hides a failure", () => {
    const rows = prepareRows(family, { ...everything, collapsed: new Set(["agent:3"]) });
    expect(rows.flags[2]).toBe(rowFlags.hasChildren | rowFlags.collapsed | rowFlags.failedBelow);
  });

  it("shows failures with the way to them when only errors are wanted, collapsed or not", () => {
    const rows = prepareRows(family, { ...everything, errorsOnly: true, collapsed: new Set(["agent:1"]) });
    expect(drawn(rows)).toEqual(["agent:1", "  agent:3", "    tool:4"]);
    expect(rows.matches).toBe(1);
    expect(Array.from(rows.flags.slice(0, 3), (bits) => Boolean(bits & rowFlags.context))).toEqual([true, true, false]);
  });

  it("searches name, agent, summary and error without case", () => {
    const found = (search: string) => drawn(prepareRows(family, { ...everything, search }));
    expect(found("select")).toEqual(["agent:1", "  tool:6"]);
    expect(found(" csv FILE ")).toEqual(["agent:1", "  agent:3", "    tool:4"]);
    expect(found("nobody")).toEqual([]);
  });

  it("keeps a span whose parent has not come under the unattached row, and moves it when the parent comes", () => {
    const preparer = createRowPreparer();
    const orphan = span("tool:2", "agent:9");
    const before = timeline(span("agent:1", null), orphan);
    expect(drawn(preparer(before, everything))).toEqual(["agent:1", "(unattached)", "  tool:2"]);
    const after = timeline(...before.spans, span("agent:9", null));
    expect(drawn(preparer(after, everything))).toEqual(["agent:1", "agent:9", "  tool:2"]);
  });

  it("shows spans that name each other as parents once each, instead of hanging", () => {
    const loop = timeline(span("agent:1", "agent:2"), span("agent:2", "agent:3"), span("agent:3", "agent:2"), span("tool:4", "tool:4"));
    expect(drawn(prepareRows(loop, everything)).filter((row) => !row.includes("(")).length).toBe(4);
  });

  it("spans the earliest start and the latest time", () => {
    const rows = prepareRows(timeline(span("tool:5", null), span("tool:1", null), span("tool:9", null, { endMs: null })), everything);
    expect([rows.startMs, rows.endMs]).toEqual([10, 90]);
    expect(prepareRows(timeline(), everything).startMs).toBeNull();
  });

  it("gives the same rows from one long-lived preparer as from a new one, whatever came before", () => {
    const node = fc.record({
      parent: fc.integer({ min: -2, max: 14 }),
      failed: fc.boolean(),
      name: fc.constantFrom("read", "write", "think"),
      startMs: fc.integer({ min: 0, max: 50 }),
    });
    const scene = fc.record({
      nodes: fc.array(node, { maxLength: 12 }),
      collapsed: fc.subarray(["tool:0", "tool:3", "tool:5", "unattached"]),
      errorsOnly: fc.boolean(),
      search: fc.constantFrom("", "read", "WRI"),
    });
    fc.assert(
      fc.property(fc.array(scene, { minLength: 2, maxLength: 6 }), (scenes) => {
        const preparer = createRowPreparer();
        for (const { nodes, collapsed, ...filter } of scenes) {
          const spans = nodes.map((n, i) =>
            span(`tool:${i}`, n.parent < 0 ? null : `tool:${n.parent}`, {
              name: n.name,
              startMs: n.startMs,
              status: n.failed ? "failed" : "running",
            }),
          );
          const options = { ...filter, collapsed: new Set(collapsed) };
          const rows = preparer(timeline(...spans), options);
          expect(rows).toEqual(prepareRows(timeline(...spans), options));
          if (!filter.errorsOnly && !filter.search && collapsed.length === 0)
            expect(
              Array.from(rows.order)
                .filter((index) => index >= 0)
                .sort((a, b) => a - b),
            ).toEqual(spans.map((_, i) => i));
        }
      }),
      { numRuns: 300 },
    );
  });
});
