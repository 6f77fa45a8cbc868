import type { BudgetOvershoot, NewBudget } from "./budget";

/** The most that a call in flight may output by its own stated limit. */
export type ToldCall = {
  readonly agent: string;
  readonly tokens: number;
  /** null = it cannot be priced. */
  readonly nanos: number | null;
};

type RunUnderWay = {
  readonly agent: string | null;
  readonly session: string | null;
  readonly agents: number;
  readonly open: readonly ToldCall[];
};

/** What is in flight in a project, and what its calls cost recently. */
export type Exposure = {
  readonly runs: readonly RunUnderWay[];
  /** Each agent's most expensive call in the last hour. */
  readonly calls: readonly { readonly agent: string; readonly nanos: number; readonly tokens: number }[];
};

/**
 * The most that may still be spent before anything can stop it: each agent that has spent in an active run may have one open call, and each
 * open call may cost as much as the most expensive one seen, or its own stated limit if that is more. null if nothing is active or no call
 * is known.
 */
export function overshootOf(budget: Pick<NewBudget, "scope" | "target" | "unit">, { runs, calls }: Exposure): BudgetOvershoot | null {
  const { scope, target, unit } = budget;
  const own = scope === "agent" && target !== null;
  const seen = own ? calls.filter((call) => call.agent === target) : calls;
  const call = seen.reduce((most, one) => Math.max(most, unit === "tokens" ? one.tokens : one.nanos), 0);
  const risks = runs.filter((run) => counts(budget, run)).map((run) => riskOf(budget, run, call));
  const amountOf = ({ agents, more }: Risk) => agents * call + more;
  // A per-run budget is overshot by one run.
  const most = scope === "run" ? [...risks].sort((a, b) => amountOf(b) - amountOf(a)).slice(0, 1) : risks;
  const agents = most.reduce((sum, risk) => sum + risk.agents, 0);
  const more = most.reduce((sum, risk) => sum + risk.more, 0);
  const amount = Math.min(amountOf({ agents, more }), Number.MAX_SAFE_INTEGER);
  return amount === 0 ? null : { amount, runs: risks.length, agents, call, more };
}

function counts({ scope, target }: Pick<NewBudget, "scope" | "target">, run: RunUnderWay): boolean {
  if (scope === "agent") return target === null || run.agent === target || run.open.some((call) => call.agent === target);
  if (scope === "session") return run.session !== null && (target === null || run.session === target);
  return true;
}

type Risk = { readonly agents: number; readonly more: number };

function riskOf({ scope, target, unit }: Pick<NewBudget, "scope" | "target" | "unit">, run: RunUnderWay, call: number): Risk {
  const told = run.open.filter(({ agent }) => scope !== "agent" || target === null || agent === target);
  const beyond = told.map(({ tokens, nanos }) => Math.max(0, ((unit === "tokens" ? tokens : nanos) ?? 0) - call));
  // An agent's budget counts only its own calls, one for each run that it is in.
  if (scope === "agent") return { agents: 1, more: Math.max(0, ...beyond) };
  return { agents: Math.max(1, run.agents, told.length), more: beyond.reduce((sum, each) => sum + each, 0) };
}
