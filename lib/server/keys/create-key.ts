import { randomUUID } from "node:crypto";
import { apiKeys } from "@/db/schema";
import type { Scope } from "../http/principal";
import { lockNames, requireKeyName } from "../members/member-rules";
import { services } from "../services";
import { type ListedKey, listedKey } from "./list-keys";
import { newSecret, secretHash } from "./secret";

const shownChars = 10;

/** Creates a key; the key itself leaves the server only this once and is stored only as a hash. Throws invalid_request and conflict. */
export async function createKey(
  projectId: string,
  wanted: { name: string; scopes: readonly Scope[] },
): Promise<ListedKey & { key: string }> {
  const key = newSecret("wf_");
  const [row] = await services().db.transaction(async (tx) => {
    await lockNames(tx, projectId);
    await requireKeyName(tx, projectId, wanted.name);
    return tx
      .insert(apiKeys)
      .values({
        projectId,
        id: randomUUID(),
        name: wanted.name,
        prefix: key.slice(0, shownChars),
        hash: secretHash(key),
        scopes: [...new Set(wanted.scopes)],
      })
      .returning();
  });
  if (!row) throw new Error("the key was not written");
  return { ...listedKey(row), key };
}
