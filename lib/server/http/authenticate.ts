import { roleRefusal } from "@/lib/core/members/role-refusal";
import { DomainError } from "../errors";
import { services } from "../services";
import { sessionPrincipal } from "../session/session-principal";
import type { Call } from "./call";
import type { Principal, Scope } from "./principal";
import type { Route } from "./route";

/** Identifies the caller by key or session and checks the scope. Throws unauthorized or forbidden. */
export async function authenticate(
  call: Pick<Call, "header" | "query" | "method">,
  route: Pick<Route, "scope" | "keyInQuery" | "webSocket">,
): Promise<Principal> {
  const inHeader = keyInHeader(call);
  const key = inHeader ?? keyInQuery(call, route);
  if (key === null && route.webSocket) throw needsKey();
  const principal = key === null ? await sessionPrincipal(call) : await keyPrincipal(key);
  if (key !== null && inHeader === null && call.method !== "GET") refuseMoreThanSending(principal);
  if (route.scope !== "open" && !principal.scopes.has(route.scope)) throw lacks(principal, route.scope);
  return principal;
}

function lacks({ member }: Principal, scope: Scope): DomainError {
  if (member)
    return new DomainError("forbidden", roleRefusal(member.role, scope), {
      hint: "An admin or the owner can change your role under Settings, Members.",
    });
  return new DomainError("forbidden", `This key lacks the scope "${scope}".`, {
    hint: "Create a key with that scope under Settings, API keys.",
  });
}

function needsKey(): DomainError {
  return new DomainError("unauthorized", "A WebSocket needs a key, and this request has none.", {
    hint: "Send `X-API-Key: <key>`, or `?api_key=<key>` if you cannot set headers.",
  });
}

function keyInHeader(call: Pick<Call, "header">): string | null {
  const bearer = call.header("authorization");
  if (bearer !== undefined) {
    const key = bearer.slice(7).trim();
    if (key !== "" && /^bearer\s/i.test(bearer)) return key;
  }
  return call.header("x-api-key")?.trim() || null;
}

function keyInQuery({ query, method }: Pick<Call, "query" | "method">, route: Pick<Route, "scope" | "keyInQuery">): string | null {
  const mayBeThere = route.keyInQuery && (method === "GET" || route.scope === "ingest");
  if (!mayBeThere) return null;
  // An empty parameter names no key, like an empty header.
  return query.get("api_key")?.trim() || query.get("token")?.trim() || null;
}

/** Addresses end up in other systems' settings and logs: a key found there may add events and nothing else. */
function refuseMoreThanSending({ scopes }: Principal): void {
  if (scopes.size === 1 && scopes.has("ingest")) return;
  throw new DomainError("forbidden", "A key in the address may have only the scope `ingest`; this one has others.", {
    hint: 'Create a key with only the scope "ingest" under Settings, API keys, or send this one in a header.',
  });
}

async function keyPrincipal(key: string): Promise<Principal> {
  const found = await services().keys.find(key);
  if (!found)
    throw new DomainError("unauthorized", "This API key is unknown or was revoked.", { hint: "Create one under Settings, API keys." });
  return found;
}
