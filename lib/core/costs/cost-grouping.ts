/** By what a page of costs can be divided. Apart from the schemas: those are no part of what a browser loads. */
export const costGroupings = ["agent", "model", "source", "session", "environment"] as const;
export type CostGrouping = (typeof costGroupings)[number];
