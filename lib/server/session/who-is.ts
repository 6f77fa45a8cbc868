import { roleRefusal } from "@/lib/core/members/role-refusal";
import { scopes as allScopes } from "@/lib/core/members/scopes";
import { deciderName } from "../approvals/decider-name";
import type { Principal, Scope } from "../http/principal";
import { findProject } from "../projects/find-project";

/** Who is asking, in which project, and what they may do there. */
export async function whoIs(principal: Principal) {
  const { projectId, scopes, isOwner = false, member } = principal;
  const [project, name] = await Promise.all([findProject(principal, projectId), deciderName(principal)]);
  const lacking = member ? allScopes.filter((scope) => !scopes.has(scope)).map((scope) => [scope, roleRefusal(member.role, scope)]) : [];
  return {
    ...{ project, scopes: [...scopes], isOwner, name },
    member: member ? { id: member.id, role: member.role } : null,
    refusals: Object.fromEntries(lacking) as Partial<Record<Scope, string>>,
  };
}
