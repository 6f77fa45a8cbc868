import type { AlertFilter } from "./rule";

/** All runs, sources and budgets. Apart from the schemas: those are no part of what a browser loads. */
export const noAlertFilter: AlertFilter = { dialect: null, environment: null, agent: null, q: null };
