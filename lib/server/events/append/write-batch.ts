import type { Sql, TransactionSql } from "postgres";
import { clip } from "@/lib/core/run/clip";
import { finalDurationMs } from "@/lib/core/run/duration";
import { stallsAtMs } from "@/lib/core/run/stall";
import type { RowState } from "@/lib/core/run/state";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import type { BucketDelta } from "./buckets";
import type { RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";
import { jsonText } from "./statements";
import { usageJson } from "./usage-rows";

export type Answer = { readonly key: string; readonly bodyHash: Buffer; readonly reply: string };

export type PlannedRun = {
  readonly before: CachedRun;
  /** The database does not have the run: it is made with these events. */
  readonly isNew: boolean;
  readonly plan: RunPlan;
  readonly buckets: readonly BucketDelta[];
};

type Batch = {
  readonly projectId: string;
  /** Runs with something to store, in the order of their ids. */
  readonly runs: readonly PlannedRun[];
  readonly answers: readonly Answer[];
  /** What the batch adds to the budgets' counts; they are charged already when this is empty. */
  readonly charges: readonly object[];
  readonly nowMs: number;
};

/**
 * Writes a planned batch with one statement (db/functions/append-batch.sql) and gives the place in the feed before
 * its first run. Rejects with code WF001 when a run is not where its plan began, WF002 when a charge crosses a budget; nothing
 * is written then.
 */
export async function writeBatch(sql: Sql | TransactionSql, batch: Batch): Promise<number> {
  const { projectId, runs, answers, charges, nowMs } = batch;
  const durable = runs.flatMap(({ plan }) => plan.durable);
  const ephemeral = runs.flatMap(({ plan }) => plan.ephemeral);
  const remembered = answers.map(({ key, bodyHash, reply }) => ({ k: key, h: bodyHash.toString("hex"), r: reply }));
  const [row] = await sql`
    select append_batch(${projectId}, ${list(runs.map(({ before }) => before.id))}::text::uuid[],
      ${list(runs.map(({ before }) => before.lastSeq))}::text::bigint[], ${list(runs.map(({ plan }) => plan.lastSeq))}::text::bigint[],
      ${textOrNull(runs.flatMap(toMake))}, ${`[${runs.map((run) => runRecord(run, nowMs)).join(",")}]`},
      ${textOrNull(runs.flatMap(newlyFoundBy))}, ${durable.length === 0 ? null : `[${durable.join(",")}]`}, ${ephemeral.length === 0 ? null : `[${ephemeral.join(",")}]`},
      ${textOrNull(remembered)}, ${textOrNull(charges)}, ${usageJson(runs.flatMap((run) => run.buckets))}, ${nowMs}) as head`;
  return Number(row?.head);
}

/** An array as PostgreSQL reads it; for ids and numbers, which need no quotes. */
function list(items: readonly (string | number)[]): string {
  return `{${items.join(",")}}`;
}

function textOrNull(records: readonly object[]): string | null {
  return records.length === 0 ? null : jsonText(records);
}

function toMake({ isNew, before: { id, source, externalId, kind } }: PlannedRun): object[] {
  return isNew ? [{ i: id, s: source.id, d: source.dialect, x: externalId, k: kind }] : [];
}

const behindEvents = 128;
const behindChars = 64 * 1024;
const behindMs = 2_000;

/**
 * The folded state is most of a run's row. It is written when the run changes its status or its approvals, and else at most
 * every two seconds and at least every 128 events or 64 KiB of them: readers fold what is missing from the log (catch-up.ts), so
 * that it is as exact as before, and a busy run does not write kilobytes with each event. What a reader of many runs has to fold is
 * bounded however long the events are.
 */
export function isStateDue({ before, plan }: Pick<PlannedRun, "before" | "plan">, nowMs: number): boolean {
  const { stored, state } = before;
  if (stored === undefined || plan.lastSeq - stored.seq >= behindEvents || nowMs - stored.atMs >= behindMs) return true;
  if (stored.tailChars + plan.chars >= behindChars) return true;
  return (
    state.lifecycle.status !== plan.state.lifecycle.status ||
    state.approvals.entries !== plan.state.approvals.entries ||
    state.approvals.awaited !== plan.state.approvals.awaited
  );
}

/** Models by which a run is found; more than any real run names. */
const mostModels = 50;

function modelsOf({ usage }: RowState): string[] {
  return Object.keys(usage.byModel).slice(0, mostModels);
}

function nameOf({ lifecycle }: RowState): string | null {
  const name = lifecycle.name ?? lifecycle.query ?? lifecycle.agent;
  return name == null ? null : clip(name, 300);
}

/** The name and the models that the run is not found by yet; none for most commits. */
function newlyFoundBy({ before, plan }: PlannedRun): object[] {
  const name = nameOf(plan.state);
  const models =
    before.state.usage.byModel === plan.state.usage.byModel
      ? []
      : modelsOf(plan.state).filter((model) => !Object.hasOwn(before.state.usage.byModel, model));
  const isRenamed = name !== nameOf(before.state);
  return isRenamed || models.length > 0 ? [{ i: before.id, ...(isRenamed ? { n: name } : {}), mo: models }] : [];
}

/** A number as JSON has it. */
function number(value: number | null): string {
  return Number.isFinite(value) ? String(value) : "null";
}

/** Put together by hand, like the events' records: nearly all of it is numbers, which need neither quotes nor a look at their letters. */
function runRecord({ before, plan }: PlannedRun, nowMs: number): string {
  const { lifecycle, usage } = plan.state;
  const cost = shownCost(usage);
  let record = `{"i":"${before.id}","b":${before.lastSeq},"p":${before.pricing},"q":${plan.lastSeq},"u":"${lifecycle.status}"`;
  record += `,"st":${number(lifecycle.startedAtMs)},"en":${number(lifecycle.endedAtMs)},"la":${number(lifecycle.lastEventAtMs)}`;
  record += `,"sa":${number(stallsAtMs(lifecycle))},"du":${number(finalDurationMs(lifecycle))}`;
  record += `,"tk":${number(shownTokens(usage).total)},"co":${number(cost.reportedNanos + cost.estimatedNanos)}`;
  record += `,"n":${jsonText(nameOf(plan.state))},"a":${jsonText(lifecycle.agent)},"ss":${jsonText(lifecycle.sessionId)},"mo":${jsonText(modelsOf(plan.state))}`;
  if (isStateDue({ before, plan }, nowMs)) record += `,"state":${jsonText(plan.state)}`;
  return `${record}}`;
}
