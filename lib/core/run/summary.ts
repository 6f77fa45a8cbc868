import type { RunSummary } from "../api/run";
import type { Dialect } from "../dialect";
import { shownCost, shownTokens } from "../usage/totals";
import { clip } from "./clip";
import { finalDurationMs } from "./duration";
import type { LifecycleState } from "./lifecycle-state";
import { stallsAtMs } from "./stall";
import type { RowState } from "./state";

export type RunIdentity = {
  readonly id: string;
  readonly externalId: string;
  readonly dialect: Dialect;
  /** The source's name. */
  readonly source: string;
  /** The source's environment. */
  readonly environment: string | null;
  readonly createdAtMs: number;
};

const nameLimit = 300;
/** A list shows many runs, and each may have a thousand agents. */
const mostAgentNames = 50;

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

/** A run's display name: its name, else its query, else its agent, else the sender's id. */
function nameOf(run: RunIdentity, lifecycle: LifecycleState): string {
  const said = [lifecycle.name, lifecycle.query, lifecycle.agent, run.externalId].find((name) => name !== null && name.trim() !== "");
  return clip((said ?? run.id).trim(), nameLimit);
}

function completeness({ source, counts }: LifecycleState): RunSummary["completeness"] {
  const { firstSeq, lastSeq, seen } = source;
  const missing = firstSeq === null || lastSeq === null ? null : Math.max(0, lastSeq - firstSeq + 1 - seen);
  return { sourceFirstSeq: firstSeq, sourceLastSeq: lastSeq, sourceSeen: seen, sourceMissing: missing, late: counts.late };
}

/** A run as lists and headers show it. Disagreeing clocks give a duration of zero, never a negative one. */
export function toRunSummary(run: RunIdentity, state: RowState): RunSummary {
  const { lifecycle, usage, approvals } = state;
  return {
    id: run.id,
    externalId: run.externalId,
    dialect: run.dialect,
    source: run.source,
    environment: run.environment,
    name: nameOf(run, lifecycle),
    agent: lifecycle.agent,
    status: lifecycle.status,
    createdAt: iso(run.createdAtMs),
    startedAt: isoOrNull(lifecycle.startedAtMs),
    endedAt: isoOrNull(lifecycle.endedAtMs),
    durationMs: finalDurationMs(lifecycle),
    lastEventAt: isoOrNull(lifecycle.lastEventAtMs),
    lastReceivedAt: isoOrNull(lifecycle.lastReceivedAtMs),
    stallsAt: isoOrNull(stallsAtMs(lifecycle)),
    lastSeq: lifecycle.lastSeq,
    agents: lifecycle.agentsTotal,
    agentNames: lifecycle.agents.slice(0, mostAgentNames),
    steps: lifecycle.counts.steps,
    toolCalls: lifecycle.counts.toolCalls,
    modelCalls: lifecycle.counts.modelCalls,
    errors: lifecycle.counts.errors,
    unknownEvents: lifecycle.counts.unknown,
    tokens: shownTokens(usage),
    cost: shownCost(usage),
    models: Object.keys(usage.byModel),
    activity: lifecycle.activity,
    sessionId: lifecycle.sessionId,
    ...(lifecycle.error === null ? {} : { error: errorOf(lifecycle.error) }),
    ...(lifecycle.waitingFor === null ? {} : { waitingFor: lifecycle.waitingFor }),
    ...(lifecycle.waitingSinceMs === null ? {} : { waitingSince: iso(lifecycle.waitingSinceMs) }),
    pendingApprovals: approvals.pending,
    progressPercent: lifecycle.progressPercent,
    ...(lifecycle.budget === null
      ? {}
      : { budget: { usedPercent: lifecycle.budget.usedPercent, thresholdPercent: lifecycle.budget.thresholdPercent } }),
    completeness: completeness(lifecycle),
  };
}

function errorOf(error: NonNullable<LifecycleState["error"]>): NonNullable<RunSummary["error"]> {
  return { message: error.message, ...(error.code === undefined ? {} : { code: error.code }) };
}
