import { type Role, roleScopes, roles, roleWords } from "@/lib/core/members/roles";
import { type Scope, scopes } from "@/lib/core/members/scopes";
import { templateOf } from "@/lib/server/http/openapi/parameters";
import type { Route } from "@/lib/server/http/route";
import { code, parts, table } from "./markdown";

const words: Readonly<Record<Scope, string>> = {
  ingest: "send events, ask people, acknowledge what came back: what an agent needs",
  read: "see everything of the project but its keys, sources, webhooks and audit log",
  decide: "decide requests, take alerts",
  control: "pause, resume and cancel runs",
  admin: "change the project: keys, members, sources, webhooks, budgets, prices, policies",
};

/** What each scope lets its key do. */
export function scopesPage(routes: readonly Route[]): string {
  const ofScope = (scope: Route["scope"]) => routes.filter((route) => route.scope === scope);
  const sections = scopes.map((scope) => parts(`## ${code(scope)}`, operations(ofScope(scope))));
  return parts(
    "# Scopes",
    "A key has any of these scopes, and none implies another. A member has those of the role. What an operation needs is refused with 403 to who lacks it.",
    table(
      ["scope", "may"],
      scopes.map((scope) => [code(scope), words[scope]]),
    ),
    table(
      ["role", "scopes", ""],
      roles.map((role: Role) => [role, roleScopes[role].map(code).join(", "), roleWords[role]]),
    ),
    "A key in an address (`?api_key=`, `?token=`) is taken by streams, and by one door for events if it has the scope `ingest` alone.",
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
