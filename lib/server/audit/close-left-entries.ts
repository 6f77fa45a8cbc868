import { and, isNull, lt } from "drizzle-orm";
import { auditLog } from "@/db/schema";
import { services } from "../services";
import { closeEntry } from "./write-entry";

/** Longer than any request takes. */
export const leftAfterMs = 10 * 60_000;
const atOnce = 100;

/**
 * Closes entries left open because the server was killed, or the database was gone, between an action and the end of its entry. If two
 * processes find the same entry, only one closes it. Returns how many it found.
 */
export async function closeLeftEntries(): Promise<number> {
  const { db, now } = services();
  const left = await db
    .select({ projectId: auditLog.projectId, id: auditLog.id })
    .from(auditLog)
    .where(and(isNull(auditLog.seq), lt(auditLog.atMs, now() - leftAfterMs)))
    .orderBy(auditLog.atMs)
    .limit(atOnce);
  for (const entry of left) await closeEntry(entry, { outcome: "unknown" });
  return left.length;
}
