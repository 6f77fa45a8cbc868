import { randomUUID } from "node:crypto";
import { members } from "@/db/schema";
import { likeness } from "@/lib/core/members/likeness";
import type { Member, NewMember } from "@/lib/core/members/member";
import { deciderName } from "../approvals/decider-name";
import { holdLimit } from "../hold-limit";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { toMember } from "./member-row";
import { lockNames, requireFreeName, requireMayGive } from "./member-rules";

/** More would be a mistake in a script. */
export const mostMembers = 1_000;

/** Creates a member, who has no access until given a link. Throws forbidden and conflict. */
export async function createMember(principal: Principal, { name, role }: NewMember): Promise<Member> {
  requireMayGive(principal, role);
  const { projectId } = principal;
  const { db, now } = services();
  const createdBy = await deciderName(principal);
  return db.transaction(async (tx) => {
    await lockNames(tx, projectId);
    await requireFreeName(tx, projectId, { name });
    await holdLimit(tx, { projectId, table: members, most: mostMembers, things: "members", hint: "Remove members who have left." });
    const [row] = await tx
      .insert(members)
      .values({ projectId, id: randomUUID(), name, likeness: likeness(name), role, createdAt: new Date(now()), createdBy })
      .returning();
    if (!row) throw new Error("the member was not written");
    return toMember(row);
  });
}
