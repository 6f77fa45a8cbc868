import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { type FoundSession, findSession } from "../session/find-session";
import { sessionCookie } from "../session/session-principal";
import { pageHeader, signedOutPath } from "../session/wanted-page";

/** The session of the browser that requests a page; sends a visitor without one to /signed-out, and back here after signing in. */
export async function requireSession(): Promise<FoundSession> {
  const secret = (await cookies()).get(sessionCookie)?.value;
  const session = secret === undefined ? null : await findSession(secret);
  return session ?? redirect(signedOutPath((await headers()).get(pageHeader)));
}
