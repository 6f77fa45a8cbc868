import type { TransactionSql } from "postgres";
import {
  type Charge,
  type Count,
  type Crossing,
  chargesOf,
  countsOf,
  crossingsOf,
  limitOf,
  mayCross,
  type Spending,
  sumOf,
  type Way,
} from "@/lib/core/budgets/charge";
import type { BudgetUnit } from "@/lib/core/budgets/words";
import type { Json } from "@/lib/core/json";
import { storableJson, storableText } from "@/lib/core/json-storable";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import type { BucketDelta } from "../events/append/buckets";
import type { RunChange } from "../events/append/projections";
import type { BudgetBook, Marks } from "./budget-book";

export type ChargedRun = RunChange & { readonly buckets: readonly BucketDelta[] };

type Charging = { readonly book: BudgetBook; readonly changed: readonly ChargedRun[] };

/** What a batch crossed, and what this process may remember once the batch is committed. */
export type Charged = {
  readonly crossings: readonly Crossing[];
  /**
   * When the counts were locked. The batch may have waited for others: with its start time, a later threshold would seem to have been
   * crossed first.
   */
  readonly atMs: number;
  readonly marks: ReadonlyMap<string, Marks>;
};

/**
 * What a batch adds to the counts, for `append_batch`, which refuses the batch when a count reaches a mark. Null when a run crosses by its
 * own folded state, or a count is not known here; `chargeBudgets` then finds out who crossed what.
 */
export function quietCharges({ book, changed }: Charging): object[] | null {
  const { runs, shared } = countsIn({ book, changed });
  if (runCrossings(runs, changed).length > 0) return null;
  const records: object[] = [];
  for (const count of shared) {
    const marks = book.marks.get(placeOfCount(count));
    if (marks === undefined) return null;
    records.push(recordOf(count, marks));
  }
  return records;
}

/**
 * Charges a batch's spending to the budgets, inside its transaction, and returns the crossed thresholds: each once, because the key of
 * `budget_crossings` lets only one commit have it. Sends its first statement before it returns. Counts are locked in key order, as in every
 * batch, and held until the commit.
 */
export async function chargeBudgets(
  sql: TransactionSql,
  projectId: string,
  of: Charging & { readonly now: () => number },
): Promise<Charged> {
  const { book, changed, now } = of;
  const { runs, shared } = countsIn(of);
  const crossings = runCrossings(runs, changed);
  const marks = new Map<string, Marks>();
  for (const [count, counted] of shared.length === 0 ? [] : await add(sql, projectId, { book, counts: shared })) {
    const place = placeOfCount(count);
    const known = book.marks.get(place);
    const found = { tokens: null, dollars: null } as { -readonly [K in keyof Marks]: Marks[K] };
    for (const charge of chargesOf(count)) {
      const { unit } = charge.rule;
      const base = BigInt(counted.baselines?.[charge.rule.id] ?? 0);
      const told = known?.[unit];
      // A process that knows of nothing open below a mark has reported everything there.
      const open = told === undefined ? 0 : told === null ? Number.POSITIVE_INFINITY : Number(told - base);
      const crossed = crossingsOf(charge, bounded(BigInt(counted[unit]) - base), open);
      crossings.push(...crossed);
      found[unit] = leastOf(found[unit], nextMark(charge, { base, open, crossed }));
    }
    marks.set(place, found);
  }
  const atMs = now();
  return { crossings: crossings.length === 0 ? [] : await firstOnly(sql, projectId, { crossings, atMs }), atMs, marks };
}

function nextMark(charge: Charge, of: { base: bigint; open: number; crossed: readonly Crossing[] }): bigint | null {
  const { rule } = charge;
  const left = rule.thresholds.filter(
    (threshold) => limitOf(rule.amount, threshold) >= of.open && !of.crossed.some((one) => one.threshold === threshold),
  );
  return left.reduce<bigint | null>((least, threshold) => leastOf(least, of.base + BigInt(limitOf(rule.amount, threshold))), null);
}

function leastOf(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** A run's folded state knows what it spent, so a run needs no count in the database. */
function countsIn({ book, changed }: Charging): { runs: Count[]; shared: Count[] } {
  const counts = countsOf(book.ways, changed.flatMap(spendingsOf));
  return { runs: counts.filter(({ way }) => way.scope === "run"), shared: counts.filter(({ way }) => way.scope !== "run") };
}

function runCrossings(runs: readonly Count[], changed: readonly ChargedRun[]): Crossing[] {
  if (runs.length === 0) return [];
  const states = new Map(changed.map((change) => [change.before.id, change.plan.state.usage]));
  return runs.flatMap((count) => {
    const usage = states.get(count.key);
    if (usage === undefined) return [];
    const spent = spentBy(usage);
    if (!mayCross(count, "tokens", spent.tokens) && !mayCross(count, "dollars", spent.dollars)) return [];
    return chargesOf(count).flatMap((charge) => crossingsOf(charge, spent[charge.rule.unit]));
  });
}

// Names as PostgreSQL can store them, so that results are found again under the same key.
function spendingsOf({ before, plan, buckets }: ChargedRun): Spending[] {
  return buckets.map((delta) => ({
    runId: before.id,
    session: plan.state.lifecycle.sessionId === null ? null : storableText(plan.state.lifecycle.sessionId, 200),
    agent: storableText(delta.a, 200),
    seq: delta.q,
    atMs: delta.m * 1_000,
    tokens: delta.tk,
    nanos: delta.rn + delta.en,
  }));
}

function spentBy(usage: RunChange["plan"]["state"]["usage"]): Record<BudgetUnit, number> {
  const cost = shownCost(usage);
  return { tokens: shownTokens(usage).total, dollars: cost.reportedNanos + cost.estimatedNanos };
}

type Place = Pick<Way, "scope" | "window"> & Pick<Count, "windowMs" | "key">;

function placeOf({ scope, window, windowMs, key }: Place): string {
  return `${scope} ${window} ${windowMs} ${key}`;
}

function placeOfCount({ way: { scope, window }, windowMs, key }: Count): string {
  return placeOf({ scope, window, windowMs, key });
}

/**
 * Input for `charge_budgets` (db/functions): what is added, the peak on the way if higher, and the marks. Leaves out whatever it can:
 * parsing the records is most of a count's cost in the database.
 */
function recordOf({ way: { scope, window }, windowMs, key, steps }: Count, marks?: Marks): { readonly [key: string]: Json } {
  const tokens = sumOf(steps, "tokens");
  const dollars = sumOf(steps, "dollars");
  return {
    ...{ o: scope, d: window, w: windowMs, k: key, t: tokens.sum, n: dollars.sum },
    ...(marks && tokens.gained !== tokens.sum && { tg: tokens.gained }),
    ...(marks && dollars.gained !== dollars.sum && { ng: dollars.gained }),
    ...(marks?.tokens != null && { tm: marks.tokens.toString() }),
    ...(marks?.dollars != null && { nm: marks.dollars.toString() }),
  };
}

type Counted = { readonly tokens: string; readonly dollars: string; readonly baselines: Readonly<Record<string, string>> | null };

async function add(
  sql: TransactionSql,
  projectId: string,
  of: { book: BudgetBook; counts: readonly Count[] },
): Promise<[Count, Counted][]> {
  const byPlace = new Map(of.counts.map((count) => [placeOfCount(count), count]));
  const ids = of.book.rules.filter(({ scope }) => scope !== "run").map(({ id }) => id);
  const rows = await sql<(Counted & { scope: Way["scope"]; window: Way["window"]; window_ms: string; key: string })[]>`
    with counted as (
      insert into budget_counts as c (project_id, scope, "window", window_ms, key, tokens, nanos)
      select ${projectId}, t.o, t.d, t.w, t.k, t.t, t.n
      from json_to_recordset(${text(of.counts.map((count) => recordOf(count)))}::text::json) as t(o text, d text, w bigint, k text, t numeric, n numeric)
      order by t.o, t.d, t.w, t.k
      on conflict (project_id, scope, "window", window_ms, key) do update set tokens = c.tokens + excluded.tokens, nanos = c.nanos + excluded.nanos
      returning scope, "window", window_ms, key, tokens, nanos
    )
    select scope, "window", window_ms, key, tokens::text, nanos::text as dollars, (
      select json_object_agg(b.budget_id, b.counted::text) from budget_baselines b
      where b.project_id = ${projectId} and b.window_ms = counted.window_ms and b.key = counted.key and b.budget_id = any(${ids}::uuid[])
    ) as baselines from counted`.execute();
  return rows.flatMap((row) => {
    const count = byPlace.get(placeOf({ ...row, windowMs: Number(row.window_ms) }));
    return count ? [[count, row] as [Count, Counted]] : [];
  });
}

/** Clamped to what JavaScript holds exactly; no budget is larger. */
function bounded(spent: bigint): number {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(spent > most ? most : spent < -most ? -most : spent);
}

function crossingKey({ rule, windowMs, key }: Charge, threshold: number): string {
  return `${rule.id} ${threshold} ${windowMs} ${key}`;
}

async function firstOnly(
  sql: TransactionSql,
  projectId: string,
  of: { readonly crossings: readonly Crossing[]; readonly atMs: number },
): Promise<Crossing[]> {
  const records = of.crossings.map(({ charge, threshold, spending, spent }) => ({
    ...{ b: charge.rule.id, w: charge.windowMs, k: charge.key, t: threshold, s: spent, r: spending.runId, q: spending.seq },
  }));
  const rows = await sql`
    insert into budget_crossings (project_id, budget_id, window_ms, key, threshold, spent, run_id, seq, at_ms)
    select ${projectId}, t.b, t.w, t.k, t.t, t.s, t.r, t.q, ${of.atMs}
    from json_to_recordset(${text(records)}::text::json) as t(b uuid, w bigint, k text, t smallint, s bigint, r uuid, q bigint)
    order by t.b, t.w, t.k, t.t
    on conflict do nothing
    returning budget_id, window_ms, key, threshold`;
  const won = new Set(rows.map((row) => `${row.budget_id} ${row.threshold} ${row.window_ms} ${row.key}`));
  return of.crossings.filter(({ charge, threshold }) => won.has(crossingKey(charge, threshold)));
}

function text(value: Json): string {
  return storableJson(JSON.stringify(value), value).text;
}
