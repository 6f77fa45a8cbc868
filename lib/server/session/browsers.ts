import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { Browser } from "@/lib/core/members/browser";
import { signature } from "@/lib/core/members/signatures";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { isUuid } from "../uuid";
import { type FoundSession, liveSessions } from "./find-session";

/**
 * The browsers that this caller may see and sign out: all for the owner, those in the project except the owner's for an admin,
 * otherwise only the caller's own.
 */
export async function listBrowsers(principal: Principal): Promise<Browser[]> {
  return (await liveSessions(within(principal))).map((found) => toBrowser(found, principal));
}

/** Ends a browser's session and closes its open connections. Throws not_found for one that the caller may not see. */
export async function signBrowserOut(principal: Principal, id: string): Promise<void> {
  const [found] = isUuid(id) ? await liveSessions(and(eq(sessions.id, id), within(principal))) : [];
  if (!found) throw new DomainError("not_found", "There is no browser with this id, or it is already signed out.", { path: "browser" });
  await services().db.delete(sessions).where(eq(sessions.id, id));
}

function within({ projectId, isOwner, scopes, member }: Principal): SQL | undefined {
  const here = eq(sessions.projectId, projectId);
  if (isOwner) return or(eq(sessions.isOwner, true), here);
  if (scopes.has("admin")) return and(here, eq(sessions.isOwner, false));
  return member ? and(here, eq(sessions.memberId, member.id)) : sql`false`;
}

function toBrowser(found: FoundSession, { sessionId }: Principal): Browser {
  const { id, member, key, userAgent, signedInAt, seenAt, expiresAt } = found;
  return {
    id,
    as: member ? "member" : key ? "key" : "owner",
    name: member?.name ?? key?.name ?? signature.owner,
    role: member?.role ?? null,
    userAgent,
    isThis: id === sessionId,
    signedInAt: signedInAt.toISOString(),
    lastSeenAt: (seenAt ?? signedInAt).toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
