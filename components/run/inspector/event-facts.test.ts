import { describe, expect, it } from "vitest";
import type { ApiEvent } from "@/lib/core/api/event";
import { canonicalOf, inputOf, outputOf } from "./event-facts";

const event: ApiEvent = {
  seq: 7,
  type: "tool.returned",
  occurredAt: null,
  receivedAt: "2025-01-20T10:00:02.000Z",
  source: { dialect: "shannon", type: "TOOL_OBSERVATION" },
  raw: { type: "TOOL_OBSERVATION" },
  name: "csv_loader",
  output: { rows: 15_000 },
};

describe("the facts of an event", () => {
  it("in our words hold what the adapter read and nothing of the log's own", () => {
    expect(canonicalOf(event)).toEqual({ type: "tool.returned", name: "csv_loader", output: { rows: 15_000 } });
  });

  it("give input and output, from wherever this type of event carries them", () => {
    expect([inputOf(event), outputOf(event)]).toEqual([undefined, { rows: 15_000 }]);
    expect(inputOf({ ...event, approval: { arguments: { path: "/data" } } })).toEqual({ path: "/data" });
    expect(outputOf({ ...event, output: undefined, text: "done" })).toBe("done");
    expect(outputOf({ ...event, output: undefined, error: { message: "no" } })).toEqual({ message: "no" });
    expect(outputOf({ ...event, output: false })).toBe(false);
  });
});
