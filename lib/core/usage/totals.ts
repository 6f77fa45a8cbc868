import type { Cost, Tokens } from "../api/run";
import type { UsageScope } from "../events/canonical";
import type { UsageState, UsageSum } from "./state";

function hasTokens(sum: UsageSum): boolean {
  return sum.total > 0 || sum.input > 0 || sum.output > 0;
}

function hasClasses(sum: UsageSum): boolean {
  return sum.input > 0 || sum.output > 0 || sum.cachedRead > 0 || sum.cachedWrite > 0;
}

function larger(usage: UsageState): UsageSum {
  return usage.agents.total > usage.calls.total ? usage.agents : usage.calls;
}

function toTokens(classes: UsageSum, total: number): Tokens {
  const { input, output, cachedRead, cachedWrite, reasoning } = classes;
  return { input, output, cachedRead, cachedWrite, reasoning, total };
}

/**
 * The tokens shown to people: the run's own total if it reports one, else the larger of the sum of its calls and the sum of its agents'
 * totals. The two are never added: senders report the same tokens on the call, again on the agent, again on the run (architecture.md
 * section 3). A run total without classes keeps the classes of the larger sum.
 */
export function shownTokens(usage: UsageState): Tokens {
  const finer = larger(usage);
  if (usage.run === null || !hasTokens(usage.run)) return toTokens(finer, finer.total);
  return toTokens(hasClasses(usage.run) ? usage.run : finer, usage.run.total);
}

/** The scope whose estimates are added to the reported cost; null if the run's own cost already covers everything. */
function estimatingScope(usage: UsageState): UsageSum | null {
  const { calls, agents, run } = usage;
  if (run !== null && run.costed > 0) return null;
  if (agents.costed > 0 && agents.reportedNanos >= calls.reportedNanos) return agents;
  if (calls.costed > 0 || hasTokens(calls)) return calls;
  return hasTokens(agents) || run === null ? agents : run;
}

/** Which scope's reports and which scope's estimates make up the cost shown; null = there are no estimates beside the reports. */
export function shownScopes(usage: UsageState): { readonly reported: UsageScope; readonly estimated: UsageScope | null } {
  const { calls, agents, run } = usage;
  const finer = agents.reportedNanos > calls.reportedNanos ? "agent" : "call";
  return { reported: run !== null && run.costed > 0 ? "run" : finer, estimated: estimatingScope(usage)?.scope ?? null };
}

/**
 * The cost shown to people, in nano-dollars. `reportedNanos` is the run's own total if it reports one, else the larger of the calls' and
 * the agents' sums; never both. `estimatedNanos` and `unpricedCalls` cover events without a reported cost, of the one scope that also gives
 * the reported figure (calls if they carry tokens, else agents, else the run); they are zero if the run reports its own cost, which already
 * covers them. So reported plus estimated never counts anything twice.
 */
export function shownCost(usage: UsageState): Cost {
  const { calls, agents, run } = usage;
  const runReportedNanos = run !== null && run.costed > 0 ? run.reportedNanos : null;
  const scope = estimatingScope(usage);
  return {
    reportedNanos: runReportedNanos ?? Math.max(calls.reportedNanos, agents.reportedNanos),
    estimatedNanos: scope?.estimatedNanos ?? 0,
    unpricedCalls: scope?.unpriced ?? 0,
    runReportedNanos,
    callsReportedNanos: calls.reportedNanos,
    agentsReportedNanos: agents.reportedNanos,
  };
}
