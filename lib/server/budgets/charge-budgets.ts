import type { TransactionSql } from "postgres";
import { type BudgetRule, type Charge, type Crossing, chargesOf, crossingsOf, limitsOf, type Spending } from "@/lib/core/budgets/charge";
import type { Json } from "@/lib/core/json";
import { storableJson, storableText } from "@/lib/core/json-storable";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import type { BucketDelta } from "../events/append/buckets";
import type { RunChange } from "../events/append/projections";

export type ChargedRun = RunChange & { readonly buckets: readonly BucketDelta[] };

type Charging = { readonly rules: readonly BudgetRule[]; readonly changed: readonly ChargedRun[] };

/**
 * What a batch adds to the counters, for `append_batch`, which refuses the batch when a counter reaches a threshold; null when
 * a run already does by its own fold. Then `chargeBudgets` finds out who crossed what.
 */
export function quietCharges({ rules, changed }: Charging): object[] | null {
  const charges = chargesOf(rules, changed.flatMap(spendingsOf));
  if (runCrossings(charges, changed).length > 0) return null;
  return charges
    .filter((charge) => charge.rule.scope !== "run")
    .map(({ rule, windowMs, key, sum, gained }) => ({ b: rule.id, w: windowMs, k: key, s: sum, g: gained, l: limitsOf(rule) }));
}

// A run's fold knows what it spent, so that a run needs no counter.
function runCrossings(charges: readonly Charge[], changed: readonly ChargedRun[]): Crossing[] {
  const states = new Map(changed.map((change) => [change.before.id, change.plan.state.usage]));
  return charges.flatMap((charge) => {
    const usage = charge.rule.scope === "run" ? states.get(charge.key) : undefined;
    return usage === undefined ? [] : crossingsOf(charge, spentBy(usage, charge.rule));
  });
}

/**
 * Counts what a batch spent against the budgets, inside its transaction, and gives the thresholds that were crossed: each once,
 * because the key of `budget_crossings` lets only one commit have it. Sends its first statement before it returns; the counters
 * are taken in the order of their keys, as every batch does, and held until the commit.
 */
export async function chargeBudgets(
  sql: TransactionSql,
  projectId: string,
  of: Charging & { readonly nowMs: number },
): Promise<Crossing[]> {
  const charges = chargesOf(of.rules, of.changed.flatMap(spendingsOf));
  const counted = charges.filter((charge) => charge.rule.scope !== "run");
  const counters = counted.length === 0 ? new Map<string, number>() : await count(sql, projectId, counted);
  const crossings = [
    ...counted.flatMap((charge) => crossingsOf(charge, counters.get(placeOf(charge)) ?? 0)),
    ...runCrossings(charges, of.changed),
  ];
  return crossings.length === 0 ? [] : firstOnly(sql, projectId, { crossings, nowMs: of.nowMs });
}

// Names as PostgreSQL can hold them, so that what comes back is found again under the same key.
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

function spentBy(usage: RunChange["plan"]["state"]["usage"], rule: BudgetRule): number {
  if (rule.unit === "tokens") return shownTokens(usage).total;
  const cost = shownCost(usage);
  return cost.reportedNanos + cost.estimatedNanos;
}

function placeOf({ rule, windowMs, key }: Pick<Charge, "windowMs" | "key"> & { rule: Pick<BudgetRule, "id"> }): string {
  return `${rule.id} ${windowMs} ${key}`;
}

async function count(sql: TransactionSql, projectId: string, charges: readonly Charge[]): Promise<Map<string, number>> {
  const rows = await sql`
    insert into budget_counters as c (project_id, budget_id, window_ms, key, spent)
    select ${projectId}, t.b, t.w, t.k, bounded_sum(t.s)
    from json_to_recordset(${text(charges.map(({ rule, windowMs, key, sum }) => ({ b: rule.id, w: windowMs, k: key, s: sum })))}::text::json) as t(b uuid, w bigint, k text, s numeric)
    order by t.b, t.w, t.k
    on conflict (project_id, budget_id, window_ms, key) do update set spent = bounded_sum(c.spent::numeric + excluded.spent)
    returning budget_id, window_ms, key, spent`.execute();
  return new Map(
    rows.map((row) => [placeOf({ rule: { id: row.budget_id }, windowMs: Number(row.window_ms), key: row.key }), Number(row.spent)]),
  );
}

async function firstOnly(
  sql: TransactionSql,
  projectId: string,
  of: { readonly crossings: readonly Crossing[]; readonly nowMs: number },
): Promise<Crossing[]> {
  const records = of.crossings.map(({ charge, threshold, spending, spent }) => ({
    ...{ b: charge.rule.id, w: charge.windowMs, k: charge.key, t: threshold, s: spent, r: spending.runId, q: spending.seq },
  }));
  const rows = await sql`
    insert into budget_crossings (project_id, budget_id, window_ms, key, threshold, spent, run_id, seq, at_ms)
    select ${projectId}, t.b, t.w, t.k, t.t, t.s, t.r, t.q, ${of.nowMs}
    from json_to_recordset(${text(records)}::text::json) as t(b uuid, w bigint, k text, t smallint, s bigint, r uuid, q bigint)
    order by t.b, t.w, t.k, t.t
    on conflict do nothing
    returning budget_id, window_ms, key, threshold`;
  const won = new Set(
    rows.map((row) => `${placeOf({ rule: { id: row.budget_id }, windowMs: Number(row.window_ms), key: row.key })} ${row.threshold}`),
  );
  return of.crossings.filter((crossing) => won.has(`${placeOf(crossing.charge)} ${crossing.threshold}`));
}

function text(value: Json): string {
  return storableJson(JSON.stringify(value), value).text;
}
