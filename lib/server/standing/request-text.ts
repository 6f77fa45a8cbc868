import type { Sql, TransactionSql } from "postgres";
import { eventFlags } from "@/db/schema";
import { whyNotPlain } from "@/lib/core/standing/matches";
import type { ApprovalRow } from "../approvals/approval-row";

type Said = Pick<ApprovalRow, "projectId" | "runId" | "requestedSeq" | "repeatedKeys" | "arguments" | "tool">;

/**
 * Why only a person may decide this request: programs may read its text differently. null if it is plain. A request whose event has
 * left the log is not.
 */
export async function whyNotStanding(sql: Sql | TransactionSql, row: Said): Promise<string | null> {
  if (row.repeatedKeys !== null) return "repeated keys";
  const unplain = whyNotPlain(row.arguments) ?? whyNotPlain(row.tool);
  if (unplain !== null) return unplain;
  const [event] = await sql<{ flags: number }[]>`
    select flags from events where project_id = ${row.projectId} and run_id = ${row.runId} and seq = ${row.requestedSeq}`;
  if (!event) return "an event that is no longer stored";
  return event.flags & eventFlags.sanitized ? "replaced characters" : null;
}
