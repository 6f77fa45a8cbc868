import { type Role, roleScopes, roles } from "@/lib/core/members/roles";
import type { Scope } from "../http/principal";

const sets = Object.fromEntries(roles.map((role) => [role, new Set(roleScopes[role])])) as unknown as Readonly<
  Record<Role, ReadonlySet<Scope>>
>;

export function scopesOf(role: Role): ReadonlySet<Scope> {
  return sets[role];
}
