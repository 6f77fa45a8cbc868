/** What a missed deadline means. Never approval. */
export const deadlineMeanings = ["expire", "deny"] as const;
