import { randomUUID } from "node:crypto";
import { defaultProjectId } from "@/db/migrate";
import { apiKeys } from "@/db/schema";
import { scopes } from "@/lib/core/members/scopes";
import { signature } from "@/lib/core/members/signatures";
import { services } from "../services";
import { secretHash } from "./secret";

/** The key of WATCHFLOOR_API_KEY: all scopes on the default project. Presetting a revoked key again restores it. */
export async function presetKey(secret: string): Promise<void> {
  await services()
    .db.insert(apiKeys)
    .values({
      projectId: defaultProjectId,
      id: randomUUID(),
      name: signature.presetKey,
      prefix: secret.slice(0, 4),
      hash: secretHash(secret),
      scopes: [...scopes],
    })
    .onConflictDoUpdate({ target: apiKeys.hash, set: { revokedAt: null, scopes: [...scopes] } });
}
