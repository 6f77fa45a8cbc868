/** How a cost page can be grouped. Separate from the schemas so that browsers do not load those. */
export const costGroupings = ["agent", "model", "source", "session", "environment"] as const;
export type CostGrouping = (typeof costGroupings)[number];
