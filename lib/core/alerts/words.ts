/** What a rule watches. */
export const alertKinds = ["run-failed", "error-rate", "waiting", "stalled", "no-data", "budget-crossed"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** How severe it is; `no-data` = too little is known to say. */
export const alertLevels = ["ok", "warning", "alert", "no-data"] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** The steps of an alert, in the order of its life. */
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

/** Where alerts can be sent. Open browsers need no channel. */
export const channelKinds = ["webhook", "slack", "email"] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** How many alerts one request can acknowledge. */
export const mostAcknowledged = 200;

/** The unit of a rule's figures. */
export type AlertUnit = "runs" | "percent" | "minutes";

type KindFacts = {
  readonly unit: AlertUnit;
  /** Counted over the rule's window of minutes. */
  readonly windowed: boolean;
  /** The largest sensible threshold. */
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
