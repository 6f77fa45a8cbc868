import type { RunSummary } from "../api/run";
import { type BoundKind, isProblem, keepsTo, parseBound } from "./bound";
import { foundByIds } from "./id-beginning";
import type { RunFilters } from "./run-filters";
import { durationOf } from "./run-sort";
import { parseSince } from "./since";

/**
 * Whether a run passes these filters, as the server decides (only the server knows agents beyond the 50th). An unreadable bound lets
 * nothing through.
 */
export function matchesRun(run: RunSummary, filters: RunFilters, nowMs: number): boolean {
  const { dialect, source, environment, agent, model, session, q } = filters;
  return (
    hasStatus(run, filters.status, nowMs) &&
    (dialect === null || run.dialect === dialect) &&
    (source === null || run.source === source) &&
    (environment === null || run.environment === environment) &&
    (agent === null || run.agent === agent || run.agentNames?.includes(agent) === true) &&
    (model === null || run.models.includes(model)) &&
    (session === null || run.sessionId === session) &&
    within("cost", filters.cost, () => run.cost.reportedNanos + run.cost.estimatedNanos) &&
    within("tokens", filters.tokens, () => run.tokens.total) &&
    within("duration", filters.duration, () => durationOf(run, nowMs)) &&
    isSince(run, filters.since, nowMs) &&
    (q === null || foundBy(run, q))
  );
}

/** Silent for too long: it may still be working, or gone without a word. */
export function isStalled(run: Pick<RunSummary, "stallsAt">, nowMs: number): boolean {
  return typeof run.stallsAt === "string" && Date.parse(run.stallsAt) <= nowMs;
}

function hasStatus(run: RunSummary, status: RunFilters["status"], nowMs: number): boolean {
  if (status === null) return true;
  return isStalled(run, nowMs) ? status === "stalled" : run.status === status;
}

function within(kind: BoundKind, written: string | null, figureOf: () => number | null): boolean {
  if (written === null) return true;
  const bound = parseBound(kind, written);
  const figure = figureOf();
  return !isProblem(bound) && figure !== null && keepsTo(figure, bound);
}

function isSince(run: RunSummary, written: string | null, nowMs: number): boolean {
  if (written === null) return true;
  const since = parseSince(written, nowMs);
  return !isProblem(since) && Date.parse(run.createdAt) >= since.fromMs;
}

/** Part of the name, or the start of an id. */
function foundBy(run: RunSummary, q: string): boolean {
  // An unnamed run is called by its sender's id, and is found as an id is.
  const isNamed = run.name !== run.externalId;
  return (isNamed && run.name.toLowerCase().includes(q.toLowerCase())) || foundByIds(run, q);
}
