import type { SessionList, SessionReport } from "@/lib/core/api/session";
import { request } from "./request";

/** One keyset page of the project's sessions, that with the newest run first. */
export function readSessions(page: { readonly cursor: string | null; readonly limit: number }, signal?: AbortSignal): Promise<SessionList> {
  const cursor = page.cursor === null ? "" : `&cursor=${encodeURIComponent(page.cursor)}`;
  return request<SessionList>(`/api/sessions?limit=${page.limit}${cursor}`, { signal });
}

/** A session with its runs in order. */
export function readSession(id: string, signal?: AbortSignal): Promise<SessionReport> {
  return request<SessionReport>(`/api/sessions/${encodeURIComponent(id)}`, { signal });
}
