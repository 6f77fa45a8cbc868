import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/core/run/timeline-state";
import { moveFocus, rowId } from "./move-focus";
import { prepareRows } from "./prepare-rows";

function span(id: string, parentId: string | null): Span {
  return {
    ...{ id, parentId, kind: "step", name: id, agent: null, status: "running", startMs: 0, endMs: null, openSeq: 1, closeSeq: null },
    ...{ callId: null, summary: null, tokens: null, costNanos: null, error: null },
  };
}

const timeline = { spans: [span("a:1", null), span("b:2", "a:1"), span("c:3", "b:2"), span("d:4", "a:1")] };
const rowsWith = (...collapsed: string[]) => prepareRows(timeline, { collapsed: new Set(collapsed), errorsOnly: false, search: "" });

describe("arrow keys in the tree", () => {
  it("walk up and down without leaving the list", () => {
    const rows = rowsWith();
    expect(moveFocus(rows, 0, "ArrowDown")).toEqual({ type: "go", row: 1 });
    expect(moveFocus(rows, 3, "ArrowDown")).toEqual({ type: "go", row: 3 });
    expect(moveFocus(rows, 0, "ArrowUp")).toEqual({ type: "go", row: 0 });
    expect(moveFocus(rows, 1, "End")).toEqual({ type: "go", row: 3 });
  });

  it("to the right open a closed row, then enter it; on a leaf they do nothing", () => {
    expect(moveFocus(rowsWith("a:1"), 0, "ArrowRight")).toEqual({ type: "toggle", id: "a:1" });
    expect(moveFocus(rowsWith(), 0, "ArrowRight")).toEqual({ type: "go", row: 1 });
    expect(moveFocus(rowsWith(), 2, "ArrowRight")).toBeNull();
  });

  it("to the left close an open row, then go to its parent", () => {
    expect(moveFocus(rowsWith(), 1, "ArrowLeft")).toEqual({ type: "toggle", id: "b:2" });
    expect(moveFocus(rowsWith("b:2"), 1, "ArrowLeft")).toEqual({ type: "go", row: 0 });
    expect(moveFocus(rowsWith(), 3, "ArrowLeft")).toEqual({ type: "go", row: 0 });
  });

  it("do nothing in an empty list, and other keys are left alone", () => {
    const empty = prepareRows({ spans: [] }, { collapsed: new Set(), errorsOnly: false, search: "" });
    expect(moveFocus(empty, -1, "ArrowDown")).toBeNull();
    expect(moveFocus(rowsWith(), 0, "x")).toBeNull();
    expect(rowId(rowsWith(), 2)).toBe("c:3");
  });
});
