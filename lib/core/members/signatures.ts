/**
 * What Watchfloor writes instead of a member's or key's name: who decided, asked, created or acknowledged. Nobody else may use these names.
 * Add any new signature here.
 */
export const signature = {
  /** The owner, and tools on the server's machine. */
  owner: "local owner",
  keysBrowser: "a key's browser",
  key: "an API key",
  /** The key from the environment variable of this name. */
  presetKey: "WATCHFLOOR_API_KEY",
  deadline: "the deadline",
  /** Whoever decided, if the source does not say who. */
  source: "the agent's own system",
  unknown: "somebody",
} as const;

/** The same, followed by a name. */
export const signedFor = { standing: "standing approval by", budget: "budget" } as const;
