export const scopes = ["ingest", "read", "decide", "control", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** Who is asking: a key, the local owner's browser, a tool on the same machine, or nobody. */
export type Principal = {
  readonly kind: "key" | "session" | "local" | "nobody";
  readonly projectId: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly keyId?: string;
};

export const nobody: Principal = { kind: "nobody", projectId: "", scopes: new Set() };
export const allScopes: ReadonlySet<Scope> = new Set(scopes);
