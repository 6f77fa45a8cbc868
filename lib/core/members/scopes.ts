/** What a request may do; a key has any of these, a member those of the role. */
export const scopes = ["ingest", "read", "decide", "control", "admin"] as const;
export type Scope = (typeof scopes)[number];
