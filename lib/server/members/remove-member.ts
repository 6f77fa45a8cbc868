import { eq } from "drizzle-orm";
import { members, sessions, signInLinks } from "@/db/schema";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { memberPlace, noMember } from "./member-row";
import { takeBackStanding } from "./take-back-standing";

/**
 * Removes a member with every session, unused link and standing approval; decisions keep the name. `self` = the caller knows that it is
 * themselves. Throws not_found and conflict.
 */
export async function removeMember(principal: Principal, id: string, { self }: { self: boolean }): Promise<void> {
  const { projectId } = principal;
  const place = memberPlace(projectId, id);
  if (principal.member?.id === id && !self)
    throw new DomainError("conflict", "This is you: removing yourself ends your own access.", {
      hint: "Repeat the request with ?self=true to leave. Another admin or the owner can invite you again.",
    });
  const by = await deciderName(principal);
  await services().db.transaction(async (tx) => {
    const gone = await tx.delete(members).where(place).returning({ id: members.id });
    if (gone.length === 0) throw noMember();
    // A session that begins at this moment finds no member and also ends (find-session.ts).
    await tx.delete(sessions).where(eq(sessions.memberId, id));
    await tx.delete(signInLinks).where(eq(signInLinks.memberId, id));
    await takeBackStanding(tx, { projectId, member: id, by });
  });
}
