/** What a rule watches. */
export const alertKinds = ["run-failed", "error-rate", "waiting", "stalled", "no-data", "budget-crossed"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** How bad it is; `no-data` = too little is known to say. */
export const alertLevels = ["ok", "warning", "alert", "no-data"] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** What became of an alert, in the order of its life. */
export const alertSteps = [
  "fired",
  "escalated",
  "eased",
  "no-data",
  "recovered",
  "reminded",
  "acknowledged",
  "muted",
  "unmuted",
  "ended",
] as const;
export type AlertStep = (typeof alertSteps)[number];

/** Where an alert can be told of. Browsers that are open need no channel. */
export const channelKinds = ["webhook", "slack", "email"] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** How many are acknowledged in one request. */
export const mostAcknowledged = 200;

/** What a rule's figures are counted in. */
export type AlertUnit = "runs" | "percent" | "minutes";

type KindFacts = {
  readonly unit: AlertUnit;
  /** Counted over the last minutes that the rule names. */
  readonly windowed: boolean;
  /** Largest threshold that makes sense. */
  readonly most: number;
};

const week = 7 * 1_440;

export const kindFacts: Readonly<Record<AlertKind, KindFacts>> = {
  "run-failed": { unit: "runs", windowed: true, most: 1_000_000 },
  "error-rate": { unit: "percent", windowed: true, most: 100 },
  waiting: { unit: "minutes", windowed: false, most: week },
  stalled: { unit: "minutes", windowed: false, most: week },
  "no-data": { unit: "minutes", windowed: false, most: week },
  "budget-crossed": { unit: "percent", windowed: false, most: 1_000 },
};
