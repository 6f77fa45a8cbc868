import { and, eq, gt, isNull } from "drizzle-orm";
import { defaultProjectId } from "@/db/migrate";
import { sessions, signInLinks } from "@/db/schema";
import { newSecret, secretHash } from "../keys/secret";
import { services } from "../services";
import type { FoundSession } from "./find-session";
import { cookieOf, sessionCookie } from "./session-principal";

const linkMs = 24 * 3_600_000;
export const sessionMs = 90 * 24 * 3_600_000;

/** A link that signs one browser in, once, within 24 hours: as the local owner, or into one project alone. */
export async function newSignInLink(into: FoundSession = { projectId: defaultProjectId, isOwner: true }): Promise<string> {
  const secret = newSecret("");
  await services()
    .db.insert(signInLinks)
    .values({ hash: secretHash(secret), ...into, expiresAt: new Date(services().now() + linkMs) });
  return `${services().publicUrl()}/sign-in?token=${secret}`;
}

/** Uses the link up; gives the new session's secret and its project, or null when the link is unknown, used or old. */
export async function spendSignInLink(secret: string): Promise<{ secret: string; projectId: string } | null> {
  const now = new Date(services().now());
  // One conditional update: of two browsers with the same link exactly one gets in.
  const [link] = await services()
    .db.update(signInLinks)
    .set({ usedAt: now })
    .where(and(eq(signInLinks.hash, secretHash(secret)), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)))
    .returning();
  if (!link) return null;
  const session = newSecret("");
  await services()
    .db.insert(sessions)
    .values({
      hash: secretHash(session),
      projectId: link.projectId,
      isOwner: link.isOwner,
      expiresAt: new Date(now.getTime() + sessionMs),
    });
  return { secret: session, projectId: link.projectId };
}

/** Ends the session that this cookie header carries, if any. */
export async function endSession(cookieHeader: string | undefined): Promise<void> {
  const secret = cookieOf(cookieHeader, sessionCookie);
  if (secret !== null)
    await services()
      .db.delete(sessions)
      .where(eq(sessions.hash, secretHash(secret)));
}
