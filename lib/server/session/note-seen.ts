import { and, eq, isNull, lt, or } from "drizzle-orm";
import { members, sessions } from "@/db/schema";
import { services } from "../services";
import type { FoundSession } from "./find-session";

/** How accurately we record when a browser and its member were last seen: a write per request would be too expensive. */
export const seenEveryMs = 5 * 60_000;

/** Records that this session's browser and its member are active, at most once every few minutes. */
export async function noteSeen({ id, seenAt, projectId, member }: FoundSession): Promise<void> {
  const { db, now } = services();
  const due = new Date(now() - seenEveryMs);
  if (seenAt !== null && seenAt >= due) return;
  const seen = new Date(now());
  // Of many concurrent requests, one writes.
  const written = await db
    .update(sessions)
    .set({ seenAt: seen })
    .where(and(eq(sessions.id, id), or(isNull(sessions.seenAt), lt(sessions.seenAt, due))))
    .returning({ id: sessions.id });
  if (member === null || written.length === 0) return;
  await db
    .update(members)
    .set({ lastSeenAt: seen })
    .where(and(eq(members.projectId, projectId), eq(members.id, member.id), or(isNull(members.lastSeenAt), lt(members.lastSeenAt, seen))));
}
