import type { CostLine } from "@/lib/core/api/cost-lines";
import type { CostRow } from "./prepare-cost";

/** Calls that were paid at the same prices, whoever made them. */
export type PriceLine = Pick<CostLine, "model" | "provider" | "source" | "price" | "events" | "tokens" | "nanos" | "parts">;

/** What is asked about: money that was reported, or what we estimated and could not. */
export type MoneyKind = "reported" | "estimated";

const otherKey = "(other)";

type Rows = {
  readonly rows: readonly CostRow[];
  /** All rows of the table. */
  readonly of: readonly CostRow[];
  readonly by: "model" | "agent";
};

/** The lines that some rows of a table are made of. Each row is of one scope, and what has no row of its own is in the last. */
export function linesOfRows(lines: readonly CostLine[], { rows, of, by }: Rows): readonly CostLine[] {
  const known = new Set(of.map(({ key }) => key));
  const scopes = new Map(rows.map(({ key, sum }) => [key, sum.scope]));
  return lines.filter((line) => {
    const name = line[by];
    return name !== null && scopes.get(known.has(name) ? name : otherKey) === line.scope;
  });
}

/** Of one kind of money, one line for each price, the most expensive first. */
export function prepareLines(lines: readonly CostLine[], of: MoneyKind): readonly PriceLine[] {
  const merged = new Map<string, PriceLine>();
  for (const { model, provider, source, price, events, tokens, nanos, parts } of lines) {
    if ((source === "reported") !== (of === "reported")) continue;
    const key = JSON.stringify([model, provider, source, price]);
    const before = merged.get(key);
    const line = { model, provider, source, price, events, tokens, nanos, parts };
    merged.set(key, before === undefined ? line : together(before, line));
  }
  return [...merged.values()].sort((a, b) => b.nanos - a.nanos || b.tokens - a.tokens);
}

function together(a: PriceLine, b: PriceLine): PriceLine {
  const parts = new Map(a.parts.map((part) => [part.class, part]));
  for (const part of b.parts) {
    const before = parts.get(part.class);
    const nanos = before?.nanos == null || part.nanos === null ? part.nanos : before.nanos + part.nanos;
    parts.set(part.class, { ...part, tokens: part.tokens + (before?.tokens ?? 0), nanos });
  }
  return { ...a, events: a.events + b.events, tokens: a.tokens + b.tokens, nanos: a.nanos + b.nanos, parts: [...parts.values()] };
}
