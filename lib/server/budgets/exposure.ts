import type { Exposure, ToldCall } from "@/lib/core/budgets/overshoot";
import { bucketMs } from "@/lib/core/costs/cost-span";
import { isTerminal, runStatuses } from "@/lib/core/run/status";
import type { OpenCalls } from "@/lib/core/usage/open-calls";
import { services } from "../services";
import { estimateNanos } from "../usage/estimate";

/** Statuses in which an agent may have a call under way. */
const atWork = runStatuses.filter((status) => !isTerminal(status) && status !== "queued" && status !== "paused");
const mostRuns = 2_000;

/**
 * A project's runs under way, what their open calls may output, and each agent's most expensive call in the last hour, from rows and sums
 * alone.
 */
export async function exposureOf(projectId: string, nowMs: number): Promise<Exposure> {
  const { pool, prices } = services();
  const [runs, calls, book] = await Promise.all([
    pool<{ agent: string | null; session_id: string | null; agents: number | null; open: OpenCalls | null }[]>`
      select agent, session_id, (select count(*)::int from json_object_keys(state->'usage'->'byAgent')) as agents, state->'usage'->'open' as open from runs
      where project_id = ${projectId} and kind = 'run' and status in ${pool(atWork)} order by id desc limit ${mostRuns}`,
    pool<{ agent: string; nanos: string; tokens: string }[]>`
      select agent, max((reported_nanos + estimated_nanos) / events) as nanos, max(tokens / events) as tokens from usage_buckets
      where project_id = ${projectId} and minute >= ${new Date(nowMs - bucketMs.hour).toISOString()} and events > 0 group by agent`,
    prices.of(projectId),
  ]);
  const toldOf = (open: OpenCalls | null): ToldCall[] =>
    Object.entries(open ?? {}).flatMap(([name, { model, maxTokens }]) => {
      if (maxTokens === null) return [];
      const usage = { scope: "call" as const, input: 0, output: maxTokens, ...(model === null ? {} : { model }) };
      return [{ agent: name, tokens: maxTokens, nanos: estimateNanos(usage, nowMs, book) ?? null }];
    });
  return {
    runs: runs.map((run) => ({ agent: run.agent, session: run.session_id, agents: run.agents ?? 0, open: toldOf(run.open) })),
    calls: calls.map((call) => ({ agent: call.agent, nanos: Number(call.nanos), tokens: Number(call.tokens) })),
  };
}
