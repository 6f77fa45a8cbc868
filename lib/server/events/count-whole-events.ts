import type { Pool } from "@/db/client";
import type { CanonicalType } from "@/lib/core/events/canonical";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { CachedRun } from "./append/run-cache";

const piece = "model.streamed" satisfies CanonicalType;

/** Whether this is a chunk of streamed model output, which the whole output follows. */
export function isPiece({ type }: Pick<LoggedEvent, "type">): boolean {
  return type === piece;
}

/** How many events these runs have, without chunks of streamed model output, counted up to `atMost`; none of them is read. */
export async function countWholeEvents(pool: Pool, runs: readonly CachedRun[], atMost: number): Promise<number> {
  const wanted = JSON.stringify(runs.map((run) => ({ p: run.projectId, r: run.id })));
  const whole = (table: "events" | "events_ephemeral") =>
    pool`select 1 from ${pool(table)} where project_id = t.p and run_id = t.r and type <> ${piece}`;
  const [row] = await pool<{ n: number }[]>`
    select count(*)::int as n from (
      select 1 from json_to_recordset(${wanted}::text::json) as t(p uuid, r uuid)
      cross join lateral (${whole("events")} union all ${whole("events_ephemeral")}) e limit ${atMost}
    ) counted`;
  return row?.n ?? 0;
}
