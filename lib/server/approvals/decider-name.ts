import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { signature } from "@/lib/core/members/signatures";
import type { Principal } from "../http/principal";
import { services } from "../services";

/** Who decides, from the session or the key; never from the request's body. */
export async function deciderName(principal: Principal, db: Pick<Db, "select"> = services().db): Promise<string> {
  if (principal.member) return principal.member.name;
  // A browser signed in by a key may do everything in the project but has no name of its own, least of all the owner's.
  if (principal.kind === "session" && principal.isOwner === false) return signature.keysBrowser;
  if (principal.kind !== "key" || principal.keyId === undefined) return signature.owner;
  const [key] = await db
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.projectId, principal.projectId), eq(apiKeys.id, principal.keyId)));
  return key?.name ?? signature.key;
}
