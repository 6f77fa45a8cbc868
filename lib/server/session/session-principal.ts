import { DomainError } from "../errors";
import type { Call } from "../http/call";
import { allScopes, type Principal } from "../http/principal";
import { scopesOf } from "../members/scopes-of";
import { services } from "../services";
import { type FoundSession, findSession } from "./find-session";
import { noteSeen } from "./note-seen";

export const sessionCookie = "watchfloor_session";
/** The project that a page was rendered for: a tab left open must not act on a project the browser has switched to since. */
const projectHeader = "x-watchfloor-project";

/** The browser's session. Anything but a GET must come from our own pages. Throws unauthorized or forbidden. */
export async function sessionPrincipal(call: Pick<Call, "header" | "method">): Promise<Principal> {
  const secret = cookieOf(call.header("cookie"), sessionCookie);
  const session = secret === null ? null : await findSession(secret);
  if (!session) {
    throw new DomainError("unauthorized", "This request has no key and no session.", {
      hint: "Send `Authorization: Bearer <key>`, or open a sign-in link from `npx watchfloor link`.",
    });
  }
  if (call.method !== "GET" && call.method !== "HEAD") requireOwnPage(call);
  const meant = call.header(projectHeader);
  if (meant !== undefined && meant !== session.projectId) {
    throw new DomainError("other_project", "This browser has switched to another project.", { hint: "Reload the page." });
  }
  await noteSeen(session);
  return principalOf(session);
}

/** Who this session acts as: a member with the role's scopes, a browser signed in with a key with that key's scopes, or the owner. */
export function principalOf({ id, projectId, isOwner, member, key }: FoundSession): Principal {
  const who = { kind: "session", sessionId: id, projectId } as const;
  if (key !== null) return { ...who, scopes: new Set(key.scopes), isOwner: false, keyId: key.id };
  return member === null ? { ...who, scopes: allScopes, isOwner } : { ...who, scopes: scopesOf(member.role), isOwner: false, member };
}

function requireOwnPage(call: Pick<Call, "header">): void {
  const origin = call.header("origin");
  const host = call.header("host");
  const site = call.header("sec-fetch-site");
  // Not every proxy passes on the host that the browser asked for.
  const same = origin !== undefined && URL.canParse(origin) && (new URL(origin).host === host || origin === services().setUrl);
  if (!same || (site !== undefined && site !== "same-origin")) throw new DomainError("forbidden", "This request came from another site.");
  const type = call.header("content-type");
  if (type !== undefined && !type.startsWith("application/json"))
    throw new DomainError("unsupported_media_type", "A browser session must send its bodies as application/json.");
}

export function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of header?.split(";") ?? []) {
    const [key, value] = part.split("=", 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}
