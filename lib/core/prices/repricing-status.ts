/** counted: the difference is known and waits for somebody's word. */
export const repricingStatuses = ["counting", "counted", "applying", "applied", "cancelled"] as const;
