import { and, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import { apiKeys, members, sessions } from "@/db/schema";
import type { Person, Scope } from "../http/principal";
import { secretHash } from "../keys/secret";
import { services } from "../services";

export type FoundSession = {
  readonly projectId: string;
  /** May go to every project. */
  readonly isOwner: boolean;
  /** null = the owner, or a browser that a key let in. */
  readonly member: (Person & { readonly lastSeenAt: Date | null }) | null;
  /** That let the browser in; null = no key did. */
  readonly key: { readonly id: string; readonly scopes: readonly Scope[] } | null;
};

/**
 * The session of this cookie, or null when it is unknown or over. A member is read with it every time, and remembered nowhere: another role
 * holds from the next request on, in every process, and the session of a member who is gone is over. So is that of a key which was revoked.
 */
export async function findSession(secret: string): Promise<FoundSession | null> {
  const { db, now } = services();
  const [row] = await db
    .select({
      projectId: sessions.projectId,
      isOwner: sessions.isOwner,
      member: { id: members.id, name: members.name, role: members.role, lastSeenAt: members.lastSeenAt },
      key: { id: apiKeys.id, scopes: apiKeys.scopes },
    })
    .from(sessions)
    .leftJoin(members, and(eq(members.projectId, sessions.projectId), eq(members.id, sessions.memberId)))
    .leftJoin(apiKeys, and(eq(apiKeys.projectId, sessions.projectId), eq(apiKeys.id, sessions.keyId), isNull(apiKeys.revokedAt)))
    .where(
      and(
        eq(sessions.hash, secretHash(secret)),
        gt(sessions.expiresAt, new Date(now())),
        or(isNull(sessions.memberId), isNotNull(members.id)),
        or(isNull(sessions.keyId), isNotNull(apiKeys.id)),
      ),
    );
  return row ? { ...row, key: row.key && { ...row.key, scopes: row.key.scopes as Scope[] } } : null;
}
