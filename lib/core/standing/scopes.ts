/** run: only the run that it was made in; agent: every run of that agent from that source. */
export const standingScopes = ["run", "agent"] as const;
