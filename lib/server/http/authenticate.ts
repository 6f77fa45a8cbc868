import { roleRefusal } from "@/lib/core/members/role-refusal";
import { DomainError } from "../errors";
import { services } from "../services";
import { sessionPrincipal } from "../session/session-principal";
import type { Call } from "./call";
import type { Principal, Scope } from "./principal";
import type { Route } from "./route";

/** Who calls, by key or session, and whether they may. Throws unauthorized or forbidden. */
export async function authenticate(
  call: Pick<Call, "header" | "query" | "method">,
  route: Pick<Route, "scope" | "keyInQuery">,
): Promise<Principal> {
  const key = keyOf(call, route);
  const principal = key === null ? await sessionPrincipal(call) : await keyPrincipal(key);
  if (route.scope !== "open" && !principal.scopes.has(route.scope)) throw lacks(principal, route.scope);
  return principal;
}

function lacks({ member }: Principal, scope: Scope): DomainError {
  if (member)
    return new DomainError("forbidden", roleRefusal(member.role, scope), {
      hint: "An admin or the owner gives another role under Settings, Members.",
    });
  return new DomainError("forbidden", `This key lacks the scope "${scope}".`, {
    hint: "Create a key with that scope under Settings, API keys.",
  });
}

function keyOf(call: Pick<Call, "header" | "query" | "method">, route: Pick<Route, "keyInQuery">): string | null {
  const bearer = call.header("authorization");
  if (bearer !== undefined) {
    const key = bearer.slice(7).trim();
    if (key !== "" && /^bearer\s/i.test(bearer)) return key;
  }
  const apiKey = call.header("x-api-key");
  if (apiKey) return apiKey.trim();
  if (route.keyInQuery && call.method === "GET") return call.query.get("api_key") ?? call.query.get("token");
  return null;
}

async function keyPrincipal(key: string): Promise<Principal> {
  const found = await services().keys.find(key);
  if (!found)
    throw new DomainError("unauthorized", "This API key is unknown or was revoked.", { hint: "Create one under Settings, API keys." });
  return found;
}
