import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { signature } from "@/lib/core/members/signatures";
import type { Principal } from "../http/principal";
import { services } from "../services";

/** Who decides, by the session or the key; never by what the request's body says. */
export async function deciderName(principal: Principal, db: Pick<Db, "select"> = services().db): Promise<string> {
  if (principal.member) return principal.member.name;
  // A browser that a key let in may do everything in the project, and is nobody by name: least of all the owner.
  if (principal.kind === "session" && principal.isOwner === false) return signature.keysBrowser;
  if (principal.kind !== "key" || principal.keyId === undefined) return signature.owner;
  const [key] = await db
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.projectId, principal.projectId), eq(apiKeys.id, principal.keyId)));
  return key?.name ?? signature.key;
}
