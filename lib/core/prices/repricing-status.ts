/** counted: the difference is known and awaits confirmation. */
export const repricingStatuses = ["counting", "counted", "applying", "applied", "cancelled"] as const;
