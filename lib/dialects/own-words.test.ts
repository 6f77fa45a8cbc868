import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Dialect, dialects } from "../core/dialect";
import type { JsonObject } from "../core/json";
import { type OwnDecision, type OwnRequest, ownApprovals } from "./own-approvals";
import { type OwnCrossing, ownBudgets } from "./own-budgets";
import { type OwnControl, ownControls } from "./own-controls";

/** Something that Watchfloor writes into a run itself, and the body that stands in the log of a run of each system. */
type Row = { readonly name: string } & (
  | { readonly request: OwnRequest }
  | { readonly decision: OwnDecision }
  | { readonly control: OwnControl }
  | { readonly crossing: OwnCrossing }
) & { readonly [dialect in Dialect]: JsonObject };

const rows = JSON.parse(readFileSync(new URL("./own-words.json", import.meta.url), "utf8")) as readonly Row[];

function written(dialect: Dialect, row: Row): JsonObject {
  if ("request" in row) return ownApprovals[dialect].request(row.request);
  if ("decision" in row) return ownApprovals[dialect].decision(row.decision);
  if ("control" in row) return ownControls[dialect](row.control);
  return ownBudgets[dialect](row.crossing);
}

describe.each(dialects)("what Watchfloor writes into a run of %s, which goes out to its agents as it is", (dialect) => {
  test.each(rows)("$name", (row) => {
    // As text: the order of the keys is what a reader sees, too.
    expect(JSON.stringify(written(dialect, row), null, 1)).toBe(JSON.stringify(row[dialect], null, 1));
  });
});
