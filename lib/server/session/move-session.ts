import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { secretHash } from "../keys/secret";
import { services } from "../services";
import { cookieOf, sessionCookie } from "./session-principal";

/** Switches the browser of this cookie header to another project. */
export async function moveSession(cookieHeader: string | undefined, projectId: string): Promise<void> {
  const secret = cookieOf(cookieHeader, sessionCookie);
  if (secret === null) return;
  await services()
    .db.update(sessions)
    .set({ projectId })
    .where(eq(sessions.hash, secretHash(secret)));
}
