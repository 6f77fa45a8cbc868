import type { PendingQuery, Row } from "postgres";
import type { Pool } from "@/db/client";
import { longestBackOffMs } from "@/lib/core/sources/back-off";
import { attemptDelaysMs } from "@/lib/core/webhooks/schedule";
import { claimMs, leaseMs, testLeaseMs } from "../leases";
import { retryDelaysMs } from "../replays/run-replay";

type Fragment = PendingQuery<Row[]>;
type Waiting = {
  readonly table: "webhook_deliveries" | "replays" | "source_streams" | "repricings" | "approvals" | "control_requests";
  /** Which rows of `t` are waiting. */
  readonly open: Fragment;
  /** The columns that hold the wait's end, and how far ahead each may lie, in milliseconds. */
  readonly until: readonly { readonly column: string; readonly mostMs: Fragment }[];
};

/**
 * Bounds waits that lie further ahead than any pause or lock: they were written before the database's clock was set back, or by a server
 * whose own clock was ahead, and the work would wait that long. It then waits as if the row were written now. Safe in many processes.
 * Returns how many rows there were.
 */
export async function boundWaits(pool: Pool, nowMs: number): Promise<number> {
  let bounded = 0;
  for (const { table, open, until } of waiting(pool)) {
    const latest = (mostMs: Fragment) => pool`(${nowMs}::bigint + (${mostMs}))`;
    const isFar = until
      .map(({ column, mostMs }) => pool`t.${pool(column)} > ${latest(mostMs)}`)
      .reduce((either, far) => pool`${either} or ${far}`);
    const changes = until
      .map(
        ({ column, mostMs }) =>
          pool`${pool(column)} = case when t.${pool(column)} > ${latest(mostMs)} then ${latest(mostMs)} else t.${pool(column)} end`,
      )
      .reduce((all, change) => pool`${all}, ${change}`);
    const { count } = await pool`
      with far as (select project_id, id from ${pool(table)} t where ${open} and (${isFar}) for update skip locked)
      update ${pool(table)} t set ${changes} from far where t.project_id = far.project_id and t.id = far.id`;
    bounded += count;
  }
  return bounded;
}

function waiting(pool: Pool): Waiting[] {
  const most = (ms: number) => pool`${ms}::bigint`;
  const claimed = { column: "claimed_until_ms", mostMs: most(claimMs) };
  const locked = { column: "locked_until_ms", mostMs: most(leaseMs) };
  return [
    {
      table: "webhook_deliveries",
      open: pool`t.status = 'pending'`,
      until: [
        { column: "next_attempt_ms", mostMs: pool`(${[...attemptDelaysMs]}::bigint[])[least(t.step + 1, ${attemptDelaysMs.length})]` },
        { column: "locked_until_ms", mostMs: pool`case when t.family = 'test' then ${testLeaseMs} else ${leaseMs} end::bigint` },
      ],
    },
    {
      table: "replays",
      open: pool`t.status = 'running'`,
      until: [
        { column: "next_attempt_ms", mostMs: pool`case when t.tries > 0 then ${Math.max(...retryDelaysMs)} else ${paceMs(pool)} end` },
        locked,
      ],
    },
    {
      table: "source_streams",
      open: pool`t.status = 'following'`,
      until: [
        // How long the source asked us to stay away is not stored separately.
        { column: "next_try_ms", mostMs: pool`case when t.tries > 0 then ${longestBackOffMs} else 0 end::bigint` },
        { column: "held_until_ms", mostMs: most(leaseMs) },
      ],
    },
    { table: "repricings", open: pool`t.status in ('counting', 'applying')`, until: [locked] },
    { table: "approvals", open: pool`t.decided_through = 'watchfloor' and t.recorded_seq is null`, until: [claimed] },
    { table: "control_requests", open: pool`t.recorded_seq is null`, until: [claimed] },
  ];
}

/**
 * A replay at its events' original pace waits for the time between the last event and the next; events that have left the log are skipped.
 */
function paceMs(pool: Pool): Fragment {
  const at = (which: Fragment) => pool`
    select i.at_ms from replay_items i join events e on e.project_id = i.project_id and e.run_id = i.run_id and e.seq = i.seq
    where i.project_id = t.project_id and i.replay_id = t.id and ${which} limit 1`;
  const last = at(pool`i.n <= t.position order by i.n desc`);
  const next = at(pool`i.n > t.position order by i.n`);
  return pool`coalesce(ceil(((${next}) - (${last})) / t.speed), 0)::bigint`;
}
