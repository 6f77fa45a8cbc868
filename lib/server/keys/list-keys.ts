import { and, desc, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { services } from "../services";

export type ListedKey = { id: string; name: string; prefix: string; scopes: string[]; createdAt: string; lastUsedAt: string | null };

/** The project's keys that are not revoked, newest first. */
export async function listKeys(projectId: string): Promise<ListedKey[]> {
  const rows = await services()
    .db.select()
    .from(apiKeys)
    .where(and(eq(apiKeys.projectId, projectId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt));
  return rows.map(listedKey);
}

export function listedKey(row: typeof apiKeys.$inferSelect): ListedKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
