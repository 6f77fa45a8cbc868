import type { Role } from "./roles";
import type { Scope } from "./scopes";

const whose: Readonly<Record<Scope, string>> = {
  ingest: "sending events is for admins and keys",
  read: "reading is for members",
  decide: "deciding requests and taking alerts is for operators and admins",
  control: "controlling runs is for operators and admins",
  admin: "this is for admins",
};

/** "a viewer", "an operator". */
export function oneOfRole(role: Role): string {
  return `${role === "viewer" ? "a" : "an"} ${role}`;
}

/** Why a member of this role may not, and who may. */
export function roleRefusal(role: Role, scope: Scope): string {
  return `You are ${oneOfRole(role)} here: ${whose[scope]}.`;
}
