/** What a request may be for; a key has any of them, a member those of the role. */
export const scopes = ["ingest", "read", "decide", "control", "admin"] as const;
export type Scope = (typeof scopes)[number];
