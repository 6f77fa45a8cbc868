import { request } from "./request";

export const keyScopes = ["ingest", "read", "decide", "control", "admin"] as const;
export type KeyScope = (typeof keyScopes)[number];

export type Me = {
  readonly project: { readonly id: string; readonly name: string };
  readonly scopes: readonly KeyScope[];
  readonly isOwner: boolean;
};

/** A key as lists show it: the secret itself is shown once, at its making. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};
export type NewApiKey = ApiKey & { readonly key: string };
export type Health = { readonly status: string; readonly version?: string; readonly retentionDays?: number };

export function readMe(signal?: AbortSignal): Promise<Me> {
  return request<Me>("/api/me", { signal });
}

export async function readKeys(signal?: AbortSignal): Promise<readonly ApiKey[]> {
  const { keys } = await request<{ readonly keys: readonly ApiKey[] }>("/api/keys", { signal });
  return keys;
}

export function createKey(key: { readonly name: string; readonly scopes: readonly KeyScope[] }): Promise<NewApiKey> {
  return request<NewApiKey>("/api/keys", { method: "POST", body: key });
}

export function revokeKey(id: string): Promise<void> {
  return request<void>(`/api/keys/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export function readDemo(signal?: AbortSignal): Promise<{ readonly running: boolean }> {
  return request("/api/demo", { signal });
}

export function startDemo(): Promise<void> {
  return request<void>("/api/demo", { method: "POST", body: {} });
}

export function stopDemo(): Promise<void> {
  return request<void>("/api/demo", { method: "DELETE" });
}

export function readHealth(signal?: AbortSignal): Promise<Health> {
  return request<Health>("/api/health", { signal });
}

export function signOut(): Promise<void> {
  return request<void>("/api/sign-out", { method: "POST", body: {} });
}
