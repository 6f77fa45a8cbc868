import type { AlertFilter } from "./rule";

/** All runs, sources and budgets. Separate from the schemas so that browsers do not load those. */
export const noAlertFilter: AlertFilter = { dialect: null, environment: null, agent: null, q: null };
