/**
 * What Watchfloor writes where the name of a member or a key stands otherwise: who decided, asked, made or acknowledged. Nobody else may be
 * called so. What signs anew gets its words here.
 */
export const signature = {
  /** The owner, and tools on the server's machine. */
  owner: "local owner",
  keysBrowser: "a key's browser",
  key: "an API key",
  /** The key of the environment variable of this name. */
  presetKey: "WATCHFLOOR_API_KEY",
  deadline: "the deadline",
  /** Whoever decided, by a source that does not say who. */
  source: "the agent's own system",
  unknown: "somebody",
} as const;

/** The same with a name behind it. */
export const signedFor = { standing: "standing approval by", budget: "budget" } as const;
