import type { TransactionSql } from "postgres";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import type { CostSpan } from "@/lib/core/costs/cost-span";
import { services } from "../services";
import { ends, type Part, partsOf, usageOf } from "./usage-slice";

const listedGroups = 100;

type Asked = CostSpan & { readonly groupBy: CostGrouping };
export type Ranks = {
  /** The most expensive groups, most expensive first. */
  readonly keys: readonly string[];
  /** All groups, not only the listed ones. */
  readonly count: number;
};
type Row = { readonly key: string; readonly groups: string };

/**
 * The most expensive groups; unpriced ones are ranked by tokens. One sum of doubles covers both, in half the time of an exact sum of
 * either: next to any money, the tokens' share is too small to count.
 */
export async function ranksOf(tx: TransactionSql, projectId: string, asked: Asked): Promise<Ranks> {
  const parts = partsOf(asked, "day");
  const days = parts.find((part) => part.grain === "day");
  const rows = await (asked.groupBy === "session" && days !== undefined
    ? sessionsByRow(tx, projectId, { days, edges: parts.filter((part) => part !== days) })
    : groupsBySum(tx, projectId, { parts, groupBy: asked.groupBy }));
  return { keys: rows.map((row) => row.key), count: Number(rows[0]?.groups ?? 0) };
}

function weight() {
  return services().pool`(reported_nanos + estimated_nanos)::float8 + tokens::float8 / 1e18`;
}

function groupsBySum(tx: TransactionSql, projectId: string, { parts, groupBy }: { parts: readonly Part[]; groupBy: CostGrouping }) {
  return tx<Row[]>`
    select key::text, count(*) over () as groups from (
      select key, sum(${weight()}) as weight from (${usageOf(projectId, parts, { groupBy })}) u group by key
    ) r
    order by weight desc, key limit ${listedGroups}`.execute();
}

/**
 * The same for sessions over whole days: a session used on one day only (`alone`) needs no summing, so its row is ranked as it is. Sessions
 * with several days, or at the edges of the range, are summed. Summing all of them took three times as long.
 */
function sessionsByRow(tx: TransactionSql, projectId: string, { days, edges }: { days: Part; edges: readonly Part[] }) {
  const { pool } = services();
  const { from, to } = ends(days);
  const inDays = pool`u.project_id = ${projectId} and u.grain = 'day' and u.start >= ${from} and u.start < ${to}`;
  const doubted = pool`select from usage_first_days f where f.project_id = ${projectId} and f.session = u.session and f.doubted`;
  const atEdges =
    edges.length === 0 ? pool`` : pool`union all select key, ${weight()}, 0 from (${usageOf(projectId, edges, { groupBy: "session" })}) e`;
  return tx<Row[]>`
    with summed as materialized (
      select key, sum(weight) as weight, sum(rows) as rows from (
        select u.session as key, ${weight()} as weight, 1 as rows from usage_sessions u where ${inDays} and u.alone is not true
        union all
        select u.session, ${weight()}, 1 from usage_first_days f
        join usage_sessions u on u.session = f.session and u.start = f.day and u.alone and ${inDays}
        where f.project_id = ${projectId} and f.doubted
        ${atEdges}
      ) s group by key
    )
    select key, (select count(*) from usage_sessions u where ${inDays}) + (select count(*) - coalesce(sum(rows), 0) from summed) as groups from (
      (select u.session as key, ${weight()} as weight from usage_sessions u where ${inDays} and u.alone and not exists (${doubted})
        order by 2 desc, 1 limit ${listedGroups})
      union all
      select key, weight from summed
    ) r
    order by weight desc, key limit ${listedGroups}`.execute();
}
