import { and, eq, gt } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { secretHash } from "../keys/secret";
import { services } from "../services";

export type FoundSession = { readonly projectId: string /** May go to every project. */; readonly isOwner: boolean };

/** The session of this cookie, or null when it is unknown or over. */
export async function findSession(secret: string): Promise<FoundSession | null> {
  const [row] = await services()
    .db.select({ projectId: sessions.projectId, isOwner: sessions.isOwner })
    .from(sessions)
    .where(and(eq(sessions.hash, secretHash(secret)), gt(sessions.expiresAt, new Date(services().now()))));
  return row ?? null;
}
