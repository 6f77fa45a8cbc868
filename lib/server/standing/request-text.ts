import type { Sql, TransactionSql } from "postgres";
import { eventFlags } from "@/db/schema";
import type { Json } from "@/lib/core/json";
import { isUnambiguous, whyNotPlain } from "@/lib/core/standing/matches";
import type { ApprovalRow } from "../approvals/approval-row";

/**
 * Why a request is one that only a person may decide: what its event says is not what every program reads in it. null when it
 * is plain. A request whose event has left the log is not.
 */
export async function whyNotStanding(sql: Sql | TransactionSql, row: ApprovalRow): Promise<string | null> {
  const unplain = whyNotPlain(row.arguments) ?? whyNotPlain(row.tool);
  if (unplain !== null) return unplain;
  const [event] = await sql<{ raw: string; flags: number }[]>`
    select raw::text as raw, flags from events where project_id = ${row.projectId} and run_id = ${row.runId} and seq = ${row.requestedSeq}`;
  if (!event) return "an event that has left the log";
  if (event.flags & eventFlags.sanitized) return "characters that were replaced";
  return isUnambiguous(event.raw, JSON.parse(event.raw) as Json)
    ? null
    : "names that are repeated, or numbers that no program keeps exactly";
}
