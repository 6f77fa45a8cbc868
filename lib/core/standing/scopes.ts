/** run: only the run that it was created in; agent: every run of that agent from that source. */
export const standingScopes = ["run", "agent"] as const;
