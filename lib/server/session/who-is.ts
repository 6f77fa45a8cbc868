import { roleRefusal } from "@/lib/core/members/role-refusal";
import { scopes as allScopes } from "@/lib/core/members/scopes";
import { deciderName } from "../approvals/decider-name";
import type { Principal, Scope } from "../http/principal";
import { findProject } from "../projects/find-project";

/** Who the caller is, in which project, and what they may do there. */
export async function whoIs(principal: Principal) {
  const { projectId, scopes, isOwner = false, member, kind } = principal;
  const [project, name] = await Promise.all([findProject(principal, projectId), deciderName(principal)]);
  const why = (scope: Scope) => (member ? roleRefusal(member.role, scope) : keyRefusal(scope));
  const lacking = kind === "session" ? allScopes.filter((scope) => !scopes.has(scope)).map((scope) => [scope, why(scope)]) : [];
  return {
    ...{ project, scopes: [...scopes], isOwner, name },
    member: member ? { id: member.id, role: member.role } : null,
    refusals: Object.fromEntries(lacking) as Partial<Record<Scope, string>>,
  };
}

function keyRefusal(scope: Scope): string {
  return `The key that signed this browser in lacks the scope "${scope}".`;
}
