import type { TransactionSql } from "postgres";
import { eventFlags } from "@/db/schema";
import type { Json } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import { shownCost } from "@/lib/core/usage/totals";
import type { CachedRun } from "../events/append/run-cache";
import { usageJson } from "../events/append/usage-rows";
import type { RunDifference } from "./run-difference";

type Applying = { readonly run: CachedRun; readonly difference: RunDifference; readonly nowMs: number };

/**
 * Writes the changes to a run whose row is locked: events, row, sums and the feed, taking their locks in the same order as every
 * append. The row's `pricing` tells everyone who holds an earlier fold of the run that it is outdated.
 */
export async function applyDifference(tx: TransactionSql, { run, difference, nowMs }: Applying): Promise<void> {
  const { events, usage, buckets } = difference;
  const cost = shownCost(usage);
  const changes = JSON.stringify(events.map(({ seq, nanos }) => ({ s: seq, n: nanos })));
  const state = { ...run.state, usage };
  const pending = (["events", "events_ephemeral"] as const).map((table) =>
    tx`
      update ${tx(table)} e set estimated_nanos = t.n,
        flags = (e.flags & ~${eventFlags.unpriced}::int) | case when t.n is null then ${eventFlags.unpriced}::int else 0 end
      from json_to_recordset(${changes}::text::json) as t(s bigint, n bigint)
      where e.project_id = ${run.projectId} and e.run_id = ${run.id} and e.seq = t.s`.execute(),
  );
  pending.push(
    tx`
      update runs set state = ${storableJson(JSON.stringify(state), state as unknown as Json).text}::text::json,
        cost_nanos = ${cost.reportedNanos + cost.estimatedNanos}, pricing = pricing + 1
      where project_id = ${run.projectId} and id = ${run.id}`.execute(),
    tx`delete from run_snapshots where project_id = ${run.projectId} and run_id = ${run.id}`.execute(),
  );
  await Promise.all(pending);
  if (buckets.length > 0) await tx`select add_to_buckets(${run.projectId}, ${usageJson(buckets)})`;
  // No new events, but the run changed: lists, pages and figures load it again.
  await tx`select advance_feed(${run.projectId}, array[${run.id}]::uuid[], array[${run.lastSeq}]::bigint[], array[${run.lastSeq}]::bigint[], ${nowMs})`;
}
