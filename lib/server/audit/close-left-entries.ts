import { and, isNull, lt } from "drizzle-orm";
import { auditLog } from "@/db/schema";
import { services } from "../services";
import { closeEntry } from "./write-entry";

/** Longer than any request takes. */
export const leftAfterMs = 10 * 60_000;
const atOnce = 100;

/**
 * Closes entries that nobody closed: the server was killed, or the database was gone, between a deed and its entry's end. Of two processes
 * that find the same one, one closes it. Answers how many it found.
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
