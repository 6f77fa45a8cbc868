import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";

/** Ends a key: at once in this process, within two seconds in the others. Throws not_found. */
export async function revokeKey(projectId: string, id: string): Promise<void> {
  const [row] = isUuid(id)
    ? await services()
        .db.update(apiKeys)
        .set({ revokedAt: new Date(services().now()) })
        .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
        .returning({ id: apiKeys.id })
    : [];
  if (!row) throw new DomainError("not_found", "There is no such key.", { path: "key" });
  services().keys.forget();
}
