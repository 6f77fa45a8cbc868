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
const hiccup = failed("hiccup", { name: "list_files" });
const fetched = failed("fetched", { name: "FETCH_page", error: null });
const agent = failed("agent", { kind: "agent", name: "coder", error: "gave up after 2 attempts of db_migrate" });

// They failed because something in them did, and may have begun behind it.
const reviewer = failed("reviewer", { kind: "agent", name: "reviewer", error: nulls });

describe("where a failed run is looked into", () => {
  const shown = (message: string | null, spans: readonly Span[]) => tellingFailure(spans, message === null ? null : { message })?.id;

  it.each([
    ["the latest call that the run's error names", "coder gave up after 2 attempts of db_migrate", "second"],
    ["the latest that failed in the same words", `Stopped: ${nulls}`, "told"],
    ["the latest whose error says more than the run's", "NULL values (SQLSTATE 23502)", "second"],
    ["the call that is named, in whatever letters", "Fetch_Page: no answer", "fetched"],
    ["the latest of all where the error names none of them", "The provider is down", "hiccup"],
    ["the latest of all where the run gave no reason", null, "hiccup"],
    ["the latest of all where the reason is too short to be told by", "nu", "hiccup"],
    ["no call for a name that is only a part of a word", "db_migrated was expected", "hiccup"],
  ])("is %s", (_, message, id) => expect(shown(message, [agent, fetched, ...migrations, hiccup, reviewer])).toBe(id));

  it("is the agent where nothing in it failed, and nothing where nothing did", () => {
    expect(shown(nulls, [agent, { ...hiccup, status: "succeeded" }])).toBe("agent");
    expect(shown(nulls, [])).toBeUndefined();
  });
});
