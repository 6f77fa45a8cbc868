import type { BudgetOvershoot, NewBudget } from "./budget";

/** What is under way in a project, and what its calls cost lately. */
export type Exposure = {
  readonly runs: readonly { readonly agent: string | null; readonly session: string | null; readonly agents: number }[];
  /** The dearest call of each agent in the last hour. */
  readonly calls: readonly { readonly agent: string; readonly nanos: number; readonly tokens: number }[];
};

/**
 * The most that may still be spent before anything can stop it: each agent that has spent in a run under way may have one call open, and each
 * open call may cost as much as the dearest that was seen. null where nothing is under way, or no call was seen.
 */
export function overshootOf(
  { scope, target, unit }: Pick<NewBudget, "scope" | "target" | "unit">,
  { runs, calls }: Exposure,
): BudgetOvershoot | null {
  const counted = runs.filter((run) => {
    if (scope === "agent") return target === null || run.agent === target;
    if (scope === "session") return run.session !== null && (target === null || run.session === target);
    return true;
  });
  const own = scope === "agent" && target !== null ? calls.filter((call) => call.agent === target) : calls;
  const call = Math.max(0, ...own.map((one) => (unit === "tokens" ? one.tokens : one.nanos)));
  if (counted.length === 0 || call === 0) return null;
  // An agent's own budget counts its own calls alone, one for each run that it is in.
  const agents = counted.map((run) => (scope === "agent" ? 1 : Math.max(1, run.agents)));
  const most = scope === "run" ? Math.max(...agents) : agents.reduce((sum, each) => sum + each, 0);
  return { amount: Math.min(most * call, Number.MAX_SAFE_INTEGER), runs: counted.length, agents: most, call };
}
