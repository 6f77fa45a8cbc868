import type { Browser } from "@/lib/core/members/browser";
import { request } from "./request";

export type { Browser };

export async function readBrowsers(signal?: AbortSignal): Promise<readonly Browser[]> {
  return (await request<{ readonly browsers: readonly Browser[] }>("/api/browsers", { signal })).browsers;
}

export function signBrowserOut({ id }: Browser): Promise<void> {
  return request(`/api/browsers/${encodeURIComponent(id)}`, { method: "DELETE" });
}
