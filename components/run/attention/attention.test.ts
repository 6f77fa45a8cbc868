import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/core/run/timeline-state";
import { tellingFailure } from "./attention";

const failed = (id: string, of: Partial<Span>): Span => ({
  ...{
    id,
    parentId: null,
    kind: "tool",
    name: "fetch_page",
    agent: "coder",
    status: "failed",
    startMs: 0,
    endMs: 1,
    openSeq: 1,
    closeSeq: 2,
  },
  ...{ callId: null, summary: null, tokens: null, costNanos: null, error: "HTTP 429 Too Many Requests" },
  ...of,
});

const nulls = 'column "currency" of relation "orders" contains null values';
const migrations = [
  failed("first", { name: "db_migrate", error: `${nulls} (SQLSTATE 23502), 1842 rows` }),
  failed("second", { name: "db_migrate", error: `${nulls} (SQLSTATE 23502), 1842 rows` }),
  failed("told", { kind: "error", name: "MigrationError", error: nulls }),
];
const hiccup = failed("hiccup", {});
const agent = failed("agent", { kind: "agent", name: "coder", error: "gave up after 2 attempts of db_migrate" });

describe("where a failed run is looked into", () => {
  const shown = (message: string | null, spans: readonly Span[]) => tellingFailure(spans, message === null ? null : { message })?.id;

  it.each([
    ["the latest call that the run's error names", "coder gave up after 2 attempts of db_migrate", "second"],
    ["the latest that failed in the same words", `Stopped: ${nulls}`, "told"],
    ["a call whose error says more than the run's", "too many requests", "hiccup"],
    ["the latest of all where the error names none of them", "The provider is down", "hiccup"],
    ["the latest of all where the run gave no reason", null, "hiccup"],
    ["the latest of all where the reason is too short to be told by", "nu", "hiccup"],
    ["no call for a name that is only a part of a word", "db_migrated was expected", "hiccup"],
  ])("is %s", (_, message, id) => expect(shown(message, [agent, ...migrations, hiccup])).toBe(id));

  it("is the agent where nothing in it failed, and nothing where nothing did", () => {
    expect(shown(nulls, [agent, { ...hiccup, status: "succeeded" }])).toBe("agent");
    expect(shown(nulls, [])).toBeUndefined();
  });
});
