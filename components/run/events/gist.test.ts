import { describe, expect, it } from "vitest";
import type { ApiEvent } from "@/lib/core/api/event";
import { soughtWords } from "@/lib/core/events/sought";
import { gistOf } from "./gist";

const event: ApiEvent = {
  ...{ seq: 1, type: "tool.returned", occurredAt: null, receivedAt: "2026-03-01T12:00:00.000Z", agent: "analyst", name: "csv_loader" },
  source: { dialect: "shannon", type: "TOOL_OBSERVATION" },
  summary: `Loaded ${"many ".repeat(40)}rows of Q4`,
};
const sought = (typed: string, found?: string) => gistOf(found === undefined ? event : { ...event, found }, soughtWords(typed)).text;

describe("the line of an event", () => {
  it("is no longer than a line", () => {
    expect(gistOf(event, null).text).toMatch(/^csv_loader: Loaded many/);
    expect(gistOf({ ...event, summary: "x".repeat(1_000) }, null).text).toHaveLength(240);
  });

  it("stays where its beginning or a column beside it shows what is looked for", () => {
    for (const typed of ["loaded", "CSV_loader", "tool_obs", "ANALYST", "returned"])
      expect(sought(typed)).toMatch(/^csv_loader: Loaded many/);
  });

  it("is the place that holds what is looked for where nothing in sight does", () => {
    expect(sought("rows of q4")).toMatch(/^….*rows of Q4$/);
    expect(gistOf({ ...event, found: '…"order":"A-4711"…' }, soughtWords("a-4711"))).toEqual({ text: '…"order":"A-4711"…', isJson: true });
  });
});
