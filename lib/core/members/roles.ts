import { type Scope, scopes } from "./scopes";

/** What a member may be, from the least to the most. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** The one place that says what a role may do. */
export const roleScopes: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ["read"],
  operator: ["read", "decide", "control"],
  admin: scopes,
};

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: "Reads everything, changes nothing",
  operator: "Reads, decides requests, controls runs, acknowledges alerts",
  admin: "Everything in this project, keys and members included",
};
