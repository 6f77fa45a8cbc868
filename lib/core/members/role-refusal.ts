import type { Role } from "./roles";
import type { Scope } from "./scopes";

const whose: Readonly<Record<Scope, string>> = {
  ingest: "only admins and keys can send events",
  read: "only members can read",
  decide: "only operators and admins can decide requests and acknowledge alerts",
  control: "only operators and admins can control runs",
  admin: "only admins can do this",
};

/** "a viewer", "an operator". */
export function oneOfRole(role: Role): string {
  return `${role === "viewer" ? "a" : "an"} ${role}`;
}

/** Why a member with this role may not, and who may. */
export function roleRefusal(role: Role, scope: Scope): string {
  return `You are ${oneOfRole(role)} here; ${whose[scope]}.`;
}
