import type { Sql, TransactionSql } from "postgres";
import type { BucketDelta } from "./buckets";
import { eventColumns, eventColumnTypes } from "./event-columns";
import type { RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";
import { modelsOf, nameOf, runColumns, runColumnTypes } from "./run-columns";
import { jsonText } from "./statements";
import { usageJson } from "./usage-rows";

export type Answer = { readonly key: string; readonly bodyHash: Buffer; readonly reply: string };

export type PlannedRun = {
  readonly before: CachedRun;
  /** The run is not in the database: it is created with these events. */
  readonly isNew: boolean;
  readonly plan: RunPlan;
  readonly buckets: readonly BucketDelta[];
};

type Batch = {
  readonly projectId: string;
  /** Runs with something to store, in id order. */
  readonly runs: readonly PlannedRun[];
  readonly answers: readonly Answer[];
  /** What the batch adds to the budgets' counts; empty if they are already charged. */
  readonly charges: readonly object[];
  readonly nowMs: number;
};

/**
 * Writes a planned batch with one statement (db/functions/append-batch.sql) and returns the feed position before its first run. Rejects
 * with code WF001 when a run is not where its plan began, WF002 when a charge crosses a budget; in both cases nothing is written.
 */
export async function writeBatch(sql: Sql | TransactionSql, batch: Batch): Promise<number> {
  const { projectId, runs, answers, charges, nowMs } = batch;
  const remembered = answers.map(({ key, bodyHash, reply }) => ({ k: key, h: bodyHash.toString("hex"), r: reply }));
  const parameters: Record<keyof typeof types, string | number | null> = {
    p_project: projectId,
    p_now: nowMs,
    ...runColumns(runs, nowMs),
    ...eventColumns(runs.map(({ plan }) => plan.rows)),
    p_made: textOrNull(runs.flatMap(toMake)),
    p_found: textOrNull(runs.flatMap(newlyFoundBy)),
    p_answers: textOrNull(remembered),
    p_charges: textOrNull(charges),
    p_buckets: usageJson(runs.flatMap((run) => run.buckets)),
  };
  const [row] = await sql.unsafe(
    statement,
    names.map((name) => parameters[name]),
    { prepare: true },
  );
  return Number(row?.head);
}

/** The function's parameters and their types. */
const types = {
  ...{ p_project: "uuid", p_now: "bigint" },
  ...runColumnTypes,
  ...eventColumnTypes,
  ...{ p_made: "text", p_found: "text", p_answers: "text", p_charges: "text", p_buckets: "text" },
};
const names = Object.keys(types) as (keyof typeof types)[];
// Everything is sent as text: the driver would otherwise encode array and JSON parameters again.
const statement = `select append_batch(${names.map((name, index) => `${name} => $${index + 1}::text::${types[name]}`).join(", ")}) as head`;

function textOrNull(records: readonly object[]): string | null {
  return records.length === 0 ? null : jsonText(records);
}

function toMake({ isNew, before: { id, source, externalId, kind } }: PlannedRun): object[] {
  return isNew ? [{ i: id, s: source.id, d: source.dialect, x: externalId, k: kind }] : [];
}

/** The name, models and other agents under which the run cannot be found yet; empty for most commits. Activity is in no list. */
function newlyFoundBy(run: PlannedRun): object[] {
  const { before, plan } = run;
  if (before.kind !== "run") return [];
  const name = nameOf(plan.state);
  const models =
    before.state.usage.byModel === plan.state.usage.byModel
      ? []
      : modelsOf(plan.state).filter((model) => !Object.hasOwn(before.state.usage.byModel, model));
  const agents = newlyBeside(run);
  const isRenamed = name !== nameOf(before.state);
  if (!isRenamed && models.length === 0 && agents.length === 0) return [];
  return [{ i: before.id, ...(isRenamed ? { n: name } : {}), mo: models, ag: agents }];
}

/**
 * The agents, besides the one that names the run (which may have changed), that are newly at work, or that spend without having been seen
 * at work: every agent that costs name can be found.
 */
function newlyBeside({ before: { state: before }, plan: { state: now }, buckets }: PlannedRun): readonly string[] {
  const [were, are] = [before.lifecycle, now.lifecycle];
  if (were.agents === are.agents && were.agent === are.agent && buckets.every(({ a }) => a === are.agent)) return [];
  const known = new Set(were.agents);
  const agents = new Set([...are.agents, ...buckets.map(({ a }) => a)]);
  return [...agents].filter((agent) => agent !== "" && agent !== are.agent && (!known.has(agent) || agent === were.agent));
}
