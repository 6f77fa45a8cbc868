import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { takeBackStanding } from "../members/take-back-standing";
import { services } from "../services";
import { isUuid } from "../uuid";

/** Revokes a key and its standing approvals: at once in this process, within two seconds in the others. Throws not_found. */
export async function revokeKey(principal: Principal, id: string): Promise<void> {
  const { db, keys, now } = services();
  const { projectId } = principal;
  const none = new DomainError("not_found", "There is no key with this id.", { path: "key" });
  if (!isUuid(id)) throw none;
  const by = await deciderName(principal);
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(apiKeys)
      .set({ revokedAt: new Date(now()) })
      .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (ended.length === 0) throw none;
    await takeBackStanding(tx, { projectId, key: id, by });
  });
  keys.forget();
}
