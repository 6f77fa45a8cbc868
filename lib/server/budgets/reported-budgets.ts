import { uuidFloor } from "@/db/partitions";
import { eventFlags } from "@/db/schema";
import type { BudgetList } from "@/lib/core/budgets/budget";
import { bucketMs } from "@/lib/core/costs/cost-span";
import { services } from "../services";

const lookedAt = 100;
const told = 10;

type Row = {
  readonly id: string;
  readonly name: string;
  readonly budget: { usedPercent: number; thresholdPercent: number | null; tokensUsed: number | null; tokensBudget: number | null };
};

/** Budgets of agents' own systems, from the newest runs whose latest budget report came from that system and not from us. */
export async function reportedBudgets(projectId: string, nowMs: number): Promise<BudgetList["reported"]> {
  const { pool } = services();
  const rows = await pool<Row[]>`
    select r.id, coalesce(nullif(r.name, ''), r.external_id) as name, r.budget from (
      select id, name, external_id, state->'lifecycle'->'budget' as budget,
        (state->'lifecycle'->'registers'->'budgetAt'->>'seq')::bigint as seq
      from runs
      where project_id = ${projectId} and kind = 'run' and id >= ${uuidFloor(nowMs - bucketMs.day)} order by id desc limit ${lookedAt}
    ) r
    join events e on e.project_id = ${projectId} and e.run_id = r.id and e.seq = r.seq and e.flags & ${eventFlags.own}::int = 0
    where json_typeof(r.budget) = 'object'
    order by r.id desc limit ${told}`;
  return rows.map(({ id, name, budget }) => ({
    run: { id, name },
    usedPercent: budget.usedPercent,
    thresholdPercent: budget.thresholdPercent,
    tokensUsed: budget.tokensUsed,
    tokensBudget: budget.tokensBudget,
  }));
}
