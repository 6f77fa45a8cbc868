import { clip } from "@/lib/core/run/clip";
import { finalDurationMs } from "@/lib/core/run/duration";
import { stallsAtMs } from "@/lib/core/run/stall";
import type { RowState } from "@/lib/core/run/state";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import { column } from "./columns";
import type { RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";
import { jsonText } from "./statements";

type PlannedRun = { readonly before: CachedRun; readonly plan: RunPlan };

/** The parameters of `append_batch` (db/functions) for runs, one per column. */
export const runColumnTypes = {
  ...{ p_ids: "uuid[]", p_before: "bigint[]", p_last: "bigint[]", p_pricing: "int[]", p_status: "text[]" },
  ...{ p_started: "bigint[]", p_ended: "bigint[]", p_heard: "bigint[]", p_stalls: "bigint[]", p_duration: "bigint[]" },
  ...{ p_tokens: "bigint[]", p_cost: "bigint[]" },
  ...{ p_told: "boolean[]", p_names: "text[]", p_agents: "text[]", p_sessions: "text[]", p_models: "text[]", p_states: "json[]" },
} as const;

type RunColumns = Record<keyof typeof runColumnTypes, string | null>;

/** The rows of these runs after their plans. */
export function runColumns(runs: readonly PlannedRun[], nowMs: number): RunColumns {
  const lifecycles = runs.map(({ plan }) => plan.state.lifecycle);
  return {
    p_ids: column(runs.map(({ before }) => before.id)),
    p_before: column(runs.map(({ before }) => before.lastSeq)),
    p_last: column(runs.map(({ plan }) => plan.lastSeq)),
    p_pricing: column(runs.map(({ before }) => before.pricing)),
    p_status: column(lifecycles.map(({ status }) => status)),
    p_started: column(lifecycles.map(({ startedAtMs }) => startedAtMs)),
    p_ended: column(lifecycles.map(({ endedAtMs }) => endedAtMs)),
    p_heard: column(lifecycles.map(({ lastEventAtMs }) => lastEventAtMs)),
    p_stalls: column(lifecycles.map(stallsAtMs)),
    p_duration: column(lifecycles.map(finalDurationMs)),
    p_tokens: column(runs.map(({ plan }) => shownTokens(plan.state.usage).total)),
    p_cost: column(runs.map(({ plan }) => costOf(plan.state))),
    ...seldomColumns(runs, nowMs),
  };
}

const nothingSeldom = { p_told: null, p_names: null, p_agents: null, p_sessions: null, p_models: null, p_states: null };

/** Columns that few commits change, and that are longer than all the others. */
function seldomColumns(runs: readonly PlannedRun[], nowMs: number): Pick<RunColumns, keyof typeof nothingSeldom> {
  const isTold = runs.map(isToldAnew);
  const isDue = runs.map((run) => isStateDue(run, nowMs));
  if (!isTold.includes(true) && !isDue.includes(true)) return nothingSeldom;
  return {
    p_told: `{${isTold.join()}}`,
    p_names: column(runs.map(({ plan }) => nameOf(plan.state))),
    p_agents: column(runs.map(({ plan }) => plan.state.lifecycle.agent)),
    p_sessions: column(runs.map(({ plan }) => plan.state.lifecycle.sessionId)),
    p_models: column(runs.map(({ plan }) => column(modelsOf(plan.state)) ?? "{}")),
    p_states: column(runs.map(({ plan }, index) => (isDue[index] ? jsonText(plan.state) : null))),
  };
}

function costOf({ usage }: RowState): number {
  const cost = shownCost(usage);
  return cost.reportedNanos + cost.estimatedNanos;
}

function isToldAnew({ before, plan }: PlannedRun): boolean {
  const [old, now] = [before.state.lifecycle, plan.state.lifecycle];
  return (
    before.lastSeq === 0 ||
    old.agent !== now.agent ||
    old.sessionId !== now.sessionId ||
    nameOf(before.state) !== nameOf(plan.state) ||
    (before.state.usage.byModel !== plan.state.usage.byModel && String(modelsOf(before.state)) !== String(modelsOf(plan.state)))
  );
}

const behindEvents = 128;
const behindChars = 64 * 1024;
const behindMs = 2_000;

/**
 * The folded state is most of a run's row. It is written when the run's status or approvals change, and otherwise at most every two seconds
 * and at least every 128 events or 64 KiB of them. Readers fold the rest from the log (catch-up.ts), so it is just as exact, and a busy run
 * does not write kilobytes with each event. What a reader of many runs has to fold is bounded, however long the events are.
 */
export function isStateDue({ before, plan }: PlannedRun, nowMs: number): boolean {
  const { stored, state } = before;
  if (stored === undefined || plan.lastSeq - stored.seq >= behindEvents || nowMs - stored.atMs >= behindMs) return true;
  if (stored.tailChars + plan.chars >= behindChars) return true;
  return (
    state.lifecycle.status !== plan.state.lifecycle.status ||
    state.approvals.entries !== plan.state.approvals.entries ||
    state.approvals.awaited !== plan.state.approvals.awaited
  );
}

/** Models under which a run can be found; more than any real run has. */
const mostModels = 50;

export function modelsOf({ usage }: RowState): string[] {
  return Object.keys(usage.byModel).slice(0, mostModels);
}

export function nameOf({ lifecycle }: RowState): string | null {
  const name = lifecycle.name ?? lifecycle.query ?? lifecycle.agent;
  return name == null ? null : clip(name, 300);
}
