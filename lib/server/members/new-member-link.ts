import { and, eq, isNull } from "drizzle-orm";
import { members, signInLinks } from "@/db/schema";
import type { MemberLink } from "@/lib/core/members/member";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { newSignInLink } from "../session/sign-in";
import { memberPlace, noMember } from "./member-row";
import { requireMayGive } from "./member-rules";

/** Creates a link for another browser of a member; invalidates earlier unused links. Throws not_found and forbidden. */
export async function newMemberLink(principal: Principal, id: string, address: string): Promise<MemberLink> {
  const { projectId } = principal;
  const { db } = services();
  const [found] = await db.select({ role: members.role }).from(members).where(memberPlace(projectId, id));
  if (!found) throw noMember();
  // Whoever holds the link is the member, so the link is worth as much as the role.
  requireMayGive(principal, found.role);
  await db.delete(signInLinks).where(and(eq(signInLinks.memberId, id), isNull(signInLinks.usedAt)));
  return { url: await newSignInLink({ projectId, isOwner: false, memberId: id }, address) };
}
