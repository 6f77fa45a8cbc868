import { type Role, roleScopes, roles, roleWords } from "@/lib/core/members/roles";
import { type Scope, scopes } from "@/lib/core/members/scopes";
import { templateOf } from "@/lib/server/http/openapi/parameters";
import type { Route } from "@/lib/server/http/route";
import { code, parts, table } from "./markdown";

const words: Readonly<Record<Scope, string>> = {
  ingest: "send events, ask people, acknowledge decisions and control requests: what an agent needs",
  read: "read everything in the project except its keys, sources, webhooks and audit log",
  decide: "decide requests, acknowledge and mute alerts",
  control: "pause, resume and cancel runs",
  admin: "change the project: keys, members, sources, webhooks, budgets, prices, policies",
};

/** What each scope lets its key do. */
export function scopesPage(routes: readonly Route[]): string {
  const ofScope = (scope: Route["scope"]) => routes.filter((route) => route.scope === scope);
  const sections = scopes.map((scope) => parts(`## ${code(scope)}`, operations(ofScope(scope))));
  return parts(
    "# Scopes",
    "A key has one or more of these scopes; none implies another. A member has the scopes of their role. An operation answers 403 if its scope is missing.",
    table(
      ["scope", "may"],
      scopes.map((scope) => [code(scope), words[scope]]),
    ),
    table(
      ["role", "scopes", ""],
      roles.map((role: Role) => [role, roleScopes[role].map(code).join(", "), roleWords[role]]),
    ),
    "A key in the address (`?api_key=`, `?token=`) is accepted by streams, and by `POST /api/ingest/{dialect}` if `ingest` is its only scope.",
    ...sections,
    "## No key",
    operations(ofScope("open")),
  );
}

function operations(routes: readonly Route[]): string {
  return table(
    ["operation", ""],
    routes.map((route) => [code(`${route.method} ${templateOf(route)}`), route.doc.summary]),
  );
}
