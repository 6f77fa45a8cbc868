import { noAlertFilter } from "./no-alert-filter";
import type { NewAlertRule } from "./rule";

const common = {
  filter: noAlertFilter,
  windowMinutes: 15,
  minRuns: 5,
  forSeconds: 0,
  recoverSeconds: 60,
  channels: [],
  enabled: true,
};

/** The rules most projects want, offered while a project has none. */
export const defaultRules: readonly NewAlertRule[] = [
  { ...common, name: "Failed runs", kind: "run-failed", warning: 1, alert: 3 },
  { ...common, name: "Error rate", kind: "error-rate", warning: 10, alert: 25, windowMinutes: 60, minRuns: 10 },
  { ...common, name: "Unanswered approval", kind: "waiting", warning: 5, alert: 15 },
  { ...common, name: "Stalled runs", kind: "stalled", warning: null, alert: 10 },
  { ...common, name: "Budget used up", kind: "budget-crossed", warning: 80, alert: 100 },
];
