import { and, desc, eq, gt, isNotNull, isNull, or, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys, members, sessions } from "@/db/schema";
import type { Person, Scope } from "../http/principal";
import { secretHash } from "../keys/secret";
import { services } from "../services";

export type FoundSession = {
  readonly id: string;
  readonly projectId: string;
  /** May access every project. */
  readonly isOwner: boolean;
  /** null = the owner, or a browser signed in with a key. */
  readonly member: Person | null;
  /** The key that signed the browser in; null = none did. */
  readonly key: { readonly id: string; readonly name: string; readonly scopes: readonly Scope[] } | null;
  readonly signedInAt: Date;
  /** Accurate to a few minutes. */
  readonly seenAt: Date | null;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
};

/**
 * The session of this cookie, or null if it is unknown or over. The member is read with it every time and never cached: a changed
 * role applies from the next request, in every process. A session ends when its member is removed or its key is revoked.
 */
export async function findSession(secret: string, db?: Pick<Db, "select">): Promise<FoundSession | null> {
  const [found] = await liveSessions(eq(sessions.hash, secretHash(secret)), db);
  return found ?? null;
}

/** The matching sessions that are not over, newest first. */
export async function liveSessions(which: SQL | undefined, db: Pick<Db, "select"> = services().db): Promise<FoundSession[]> {
  const { now } = services();
  const rows = await db
    .select({
      id: sessions.id,
      projectId: sessions.projectId,
      isOwner: sessions.isOwner,
      member: { id: members.id, name: members.name, role: members.role },
      key: { id: apiKeys.id, name: apiKeys.name, scopes: apiKeys.scopes },
      signedInAt: sessions.createdAt,
      seenAt: sessions.seenAt,
      expiresAt: sessions.expiresAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .leftJoin(members, and(eq(members.projectId, sessions.projectId), eq(members.id, sessions.memberId)))
    .leftJoin(apiKeys, and(eq(apiKeys.projectId, sessions.projectId), eq(apiKeys.id, sessions.keyId), isNull(apiKeys.revokedAt)))
    .where(
      and(
        which,
        gt(sessions.expiresAt, new Date(now())),
        or(isNull(sessions.memberId), isNotNull(members.id)),
        or(isNull(sessions.keyId), isNotNull(apiKeys.id)),
      ),
    )
    .orderBy(desc(sessions.createdAt));
  return rows.map((row) => ({ ...row, key: row.key && { ...row.key, scopes: row.key.scopes as Scope[] } }));
}
