export const scopes = ["ingest", "read", "decide", "control", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** Who is asking: a key, the local owner's browser, a tool on the same machine, or nobody. */
export type Principal = {
  readonly kind: "key" | "session" | "local" | "nobody";
  readonly projectId: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly keyId?: string;
  /** The owner of this installation, in person or by a tool on the same machine: sees every project, one at a time. */
  readonly isOwner?: boolean;
};

export const nobody: Principal = { kind: "nobody", projectId: "", scopes: new Set() };
export const allScopes: ReadonlySet<Scope> = new Set(scopes);
