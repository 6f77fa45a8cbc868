import { expect, test } from "vitest";
import type { ApiEvent } from "../api/event";
import { saidLine } from "./said-line";

const event: ApiEvent = {
  ...{ seq: 1, type: "tool.returned", occurredAt: null, receivedAt: "2026-03-01T12:00:00.000Z", agent: "analyst", name: "csv_loader" },
  source: { dialect: "crewship", type: "tool_result" },
};

test("a line names what the event is about before what it says of it, once, and leaves the agent to its own place", () => {
  expect(saidLine({ ...event, summary: "Loaded 40 rows" })).toBe("csv_loader: Loaded 40 rows");
  expect(saidLine({ ...event, summary: "csv_loader: Loaded 40 rows" })).toBe("csv_loader: Loaded 40 rows");
  expect(saidLine({ ...event, summary: "Invoking tool: csv_loader" })).toBe("csv_loader");
  expect(saidLine({ ...event, summary: " ", text: "words", error: { message: "timed out" } })).toBe("csv_loader: timed out");
  expect(saidLine({ ...event, text: "words" })).toBe("csv_loader: words");
  expect(saidLine({ ...event, name: "analyst", summary: "Agent started" })).toBe("Agent started");
  expect(saidLine({ ...event, name: undefined })).toBe("");
});
