import type { Sql, TransactionSql } from "postgres";
import { parseExact } from "@/lib/core/exact-json";
import type { ArgumentRule, Standing } from "@/lib/core/standing/standing";
import { iso } from "../iso";

/** A row as SQL returns it, with what the runs that use it have spent since they did. */
export type StandingRow = {
  readonly id: string;
  readonly approval_id: string;
  readonly tool: string;
  readonly scope: Standing["scope"];
  readonly run_id: string;
  readonly run_name: string | null;
  readonly source_id: string;
  readonly agent: string | null;
  readonly arguments: string;
  readonly rules: Readonly<Record<string, ArgumentRule>>;
  readonly allow_extra: boolean;
  readonly max_uses: number;
  readonly uses: number;
  readonly max_nanos: string | null;
  readonly spent: string;
  readonly ends_at_ms: string;
  readonly created_at_ms: string;
  readonly created_by: string;
  readonly created_by_key: string | null;
};

/**
 * Select list for `standing_approvals s`. Spending counts from when each run first used it; in its own run from when it was
 * created.
 */
export function standingColumns(sql: Sql | TransactionSql) {
  return sql`s.id, s.approval_id, s.tool, s.scope, s.run_id, s.source_id, s.agent, s.arguments, s.rules, s.allow_extra, s.max_uses, s.uses, s.max_nanos,
    s.ends_at_ms, s.created_at_ms, s.created_by, s.created_by_key,
    (select coalesce(nullif(r.name, ''), r.external_id) from runs r where r.project_id = s.project_id and r.id = s.run_id) as run_name,
    (select coalesce(sum(greatest(0, r.cost_nanos - b.base)), 0) from (
      select u.run_id, min(u.run_nanos) as base from (
        select run_id, run_nanos from standing_uses where project_id = s.project_id and standing_id = s.id union all select s.run_id, s.base_nanos
      ) u group by u.run_id
    ) b join runs r on r.project_id = s.project_id and r.id = b.run_id) as spent`;
}

/** Whether it is in force: not revoked, uses left, time left. */
export function holds(sql: Sql | TransactionSql, nowMs: number) {
  return sql`s.revoked_at_ms is null and s.uses < s.max_uses and s.ends_at_ms > ${nowMs}`;
}

/** Whether its money is spent. */
export function isSpent({ spent, max_nanos }: Pick<StandingRow, "spent" | "max_nanos">): boolean {
  return max_nanos !== null && Number(spent) >= Number(max_nanos);
}

export function standingOf(row: StandingRow): Standing {
  return {
    ...{ id: row.id, tool: row.tool, scope: row.scope, agent: row.agent, rules: row.rules, allowExtra: row.allow_extra },
    run: { id: row.run_id, name: row.run_name ?? row.run_id },
    arguments: parseExact(row.arguments),
    uses: row.uses,
    maxUses: row.max_uses,
    spentNanos: Number(row.spent),
    maxNanos: row.max_nanos === null ? null : Number(row.max_nanos),
    endsAt: iso(row.ends_at_ms),
    createdAt: iso(row.created_at_ms),
    createdBy: row.created_by,
    approvalId: row.approval_id,
  };
}
