import { and, eq, isNull, lt, or } from "drizzle-orm";
import { members } from "@/db/schema";
import { services } from "../services";
import type { FoundSession } from "../session/find-session";

/** How exactly it is known when a member was here last: a write for every request would be too dear. */
export const seenEveryMs = 5 * 60_000;

/** Writes down that the member of this session is here, once in some minutes however much is asked. */
export async function noteSeen({ projectId, member }: FoundSession): Promise<void> {
  const { db, now } = services();
  const due = new Date(now() - seenEveryMs);
  if (member === null || (member.lastSeenAt !== null && member.lastSeenAt >= due)) return;
  await db
    .update(members)
    .set({ lastSeenAt: new Date(now()) })
    .where(
      and(
        eq(members.projectId, projectId),
        eq(members.id, member.id),
        // Of many requests at once one writes.
        or(isNull(members.lastSeenAt), lt(members.lastSeenAt, due)),
      ),
    );
}
