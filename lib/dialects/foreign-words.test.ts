import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Dialect, dialects } from "../core/dialect";
import { type CanonicalEvent, canonicalTypes } from "../core/events/canonical";
import type { LoggedEvent } from "../core/events/logged";
import type { JsonObject } from "../core/json";
import { encoders } from "./registry";

/** One event, and what a reader of each system is told of it when it came from another one; a system that is left out has no word for it. */
type Row = { readonly name: string; readonly event: CanonicalEvent } & { readonly [dialect in Dialect]?: JsonObject };

const rows = JSON.parse(readFileSync(new URL("./foreign-words.json", import.meta.url), "utf8")) as readonly Row[];

/** What a word has around it in every system: where and when it belongs. Powabase says a word twice. */
const around: Readonly<Record<Dialect, readonly string[]>> = {
  shannon: ["workflow_id", "timestamp", "seq", "stream_id"],
  "agent-os": ["sdk_run_id", "occurred_at"],
  powabase: ["type"],
  crewship: [],
  resonant: ["id", "created_at", "metadata"],
};

function told(dialect: Dialect, event: CanonicalEvent): JsonObject | null {
  const logged: LoggedEvent = {
    ...event,
    ...{ seq: 7, receivedAtMs: Date.parse("2023-12-31T23:20:05Z") },
    source: { dialect: dialect === "shannon" ? "crewship" : "shannon", type: "X" },
  };
  const outgoing = { event: logged, runId: "run_1" };
  const frame = encoders[dialect].frame(outgoing);
  if (frame === null) return null;
  // Shannon's frames of some types are not the full event, Powabase lists no deltas.
  const whole = dialect === "powabase" ? frame.data : encoders[dialect].item(outgoing);
  if (whole === null || typeof whole === "string") throw new Error(`${event.type} is no object`);
  if (dialect === "crewship") return { type: whole.type ?? null, payload: whole.payload ?? null };
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !around[dialect].includes(key)));
}

describe.each(dialects)("another system's events in the words of %s", (dialect) => {
  test.each(rows)("$name", (row) => {
    // As text: the order of the keys is what a reader sees, too.
    expect(JSON.stringify(told(dialect, row.event), null, 1)).toBe(JSON.stringify(row[dialect] ?? null, null, 1));
  });
});

test("there is a row for every type", () => {
  expect(canonicalTypes.filter((type) => !rows.some(({ event }) => event.type === type))).toEqual([]);
});
