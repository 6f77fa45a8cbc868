import { and, eq, gt } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { secretHash } from "../keys/secret";
import { services } from "../services";

/** The session of this cookie, or null when it is unknown or over. */
export async function findSession(secret: string): Promise<{ projectId: string } | null> {
  const [row] = await services()
    .db.select({ projectId: sessions.projectId })
    .from(sessions)
    .where(and(eq(sessions.hash, secretHash(secret)), gt(sessions.expiresAt, new Date(services().now()))));
  return row ?? null;
}
