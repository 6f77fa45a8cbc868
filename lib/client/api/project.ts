import type { Role } from "@/lib/core/members/roles";
import { type Scope as KeyScope, scopes as keyScopes } from "@/lib/core/members/scopes";
import { request } from "./request";

export { type KeyScope, keyScopes };

export type Me = {
  readonly project: { readonly id: string; readonly name: string };
  readonly scopes: readonly KeyScope[];
  readonly isOwner: boolean;
  /** By scope, why what needs it is refused; what is not there is allowed. */
  readonly refusals: Readonly<Partial<Record<KeyScope, string>>>;
  /** What decisions of this browser say. */
  readonly name: string;
  /** null = no member: the owner, or let in by a key. */
  readonly member: { readonly id: string; readonly role: Role } | null;
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
export type Health = { readonly status: string; readonly version?: string; readonly url?: string; readonly retentionDays?: number };

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
