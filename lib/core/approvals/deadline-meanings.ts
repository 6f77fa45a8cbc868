/** What it means when nobody decided in time. Never a yes. */
export const deadlineMeanings = ["expire", "deny"] as const;
