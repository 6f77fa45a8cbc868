import { members } from "@/db/schema";
import { likeness } from "@/lib/core/members/likeness";
import type { Member, MemberChange } from "@/lib/core/members/member";
import { roleScopes } from "@/lib/core/members/roles";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { memberPlace, noMember, toMember } from "./member-row";
import { lockNames, requireFreeName, requireMayGive } from "./member-rules";
import { takeBackStanding } from "./take-back-standing";

/** Changes a member's name or role, effective from the next request of every browser. Throws not_found, forbidden and conflict. */
export async function changeMember(principal: Principal, id: string, { name, role }: MemberChange): Promise<Member> {
  if (role !== undefined) requireMayGive(principal, role);
  const { projectId } = principal;
  const place = memberPlace(projectId, id);
  const by = await deciderName(principal);
  return services().db.transaction(async (tx) => {
    await lockNames(tx, projectId);
    const [found] = await tx.select().from(members).where(place).for("update");
    if (!found) throw noMember();
    if (role !== undefined && role !== found.role && principal.member?.id === id)
      throw new DomainError("forbidden", "You cannot change your own role.", { path: "role", hint: "Ask another admin or the owner." });
    if (name !== undefined) await requireFreeName(tx, projectId, { name, except: id });
    const changed = { name: name ?? found.name, likeness: likeness(name ?? found.name), role: role ?? found.role };
    await tx.update(members).set(changed).where(place);
    if (!roleScopes[changed.role].includes("decide")) await takeBackStanding(tx, { projectId, member: id, by });
    return toMember({ ...found, ...changed });
  });
}
