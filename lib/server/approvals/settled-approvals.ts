import { and, eq, inArray, ne } from "drizzle-orm";
import type { Db } from "@/db/client";
import { approvals } from "@/db/schema";

/** Which of these requests are no longer pending. */
export async function settledApprovals(db: Db, projectId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(eq(approvals.projectId, projectId), inArray(approvals.id, [...ids]), ne(approvals.status, "pending")));
  return rows.map((row) => row.id);
}
