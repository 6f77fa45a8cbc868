import { and, eq, gt, isNull } from "drizzle-orm";
import { defaultProjectId } from "@/db/migrate";
import { sessions, signInLinks } from "@/db/schema";
import { storableText } from "@/lib/core/json-storable";
import { type OpenEntry, openEntry } from "../audit/write-entry";
import { newSecret, secretHash } from "../keys/secret";
import { services } from "../services";
import { type FoundSession, findSession } from "./find-session";
import { cookieOf, principalOf, sessionCookie } from "./session-principal";

export const linkMs = 24 * 3_600_000;
export const sessionMs = 90 * 24 * 3_600_000;

type Into = Pick<FoundSession, "projectId" | "isOwner"> & { readonly memberId?: string; readonly keyId?: string };

/**
 * A link that signs one browser in, once, within 24 hours: as the local owner, as a member, or for a key. `address` = the base URL
 * of the link.
 */
export async function newSignInLink(
  into: Into = { projectId: defaultProjectId, isOwner: true },
  address = services().publicUrl(),
): Promise<string> {
  const secret = newSecret("");
  await services()
    .db.insert(signInLinks)
    .values({ hash: secretHash(secret), ...into, expiresAt: new Date(services().now() + linkMs) });
  return `${address}/sign-in?token=${secret}`;
}

const longestUserAgent = 300;

type Browser = { readonly userAgent: string | null; readonly requestId: string };

/**
 * Redeems the link. Returns the secret of the new session and its open entry in the audit log, which the caller closes, or null if
 * the link is unknown, used, expired or belongs to a removed member.
 */
export async function spendSignInLink(
  secret: string,
  { userAgent, requestId }: Browser,
): Promise<{ secret: string; entry: OpenEntry } | null> {
  const now = new Date(services().now());
  const own = newSecret("");
  // All or nothing: a link spent without a session, or for one that cannot be stored, would let nobody in.
  return services().db.transaction(async (tx) => {
    // A conditional update: of two browsers with the same link, exactly one gets in.
    const [link] = await tx
      .update(signInLinks)
      .set({ usedAt: now })
      .where(and(eq(signInLinks.hash, secretHash(secret)), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)))
      .returning();
    if (!link) return null;
    await tx.insert(sessions).values({
      hash: secretHash(own),
      projectId: link.projectId,
      isOwner: link.isOwner,
      memberId: link.memberId,
      keyId: link.keyId,
      userAgent: userAgent && storableText(userAgent, longestUserAgent),
      expiresAt: new Date(now.getTime() + sessionMs),
    });
    const session = await findSession(own, tx);
    return session && { secret: own, entry: await openEntry(principalOf(session), { action: "session.start", requestId }, tx) };
  });
}

/** Ends the session in this cookie header, if any. */
export async function endSession(cookieHeader: string | undefined): Promise<void> {
  const secret = cookieOf(cookieHeader, sessionCookie);
  if (secret !== null)
    await services()
      .db.delete(sessions)
      .where(eq(sessions.hash, secretHash(secret)));
}
