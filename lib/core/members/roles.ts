import { type Scope, scopes } from "./scopes";

/** A member's possible roles, from least to most powerful. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** The only place that defines what a role may do. */
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
