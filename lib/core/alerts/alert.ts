import { z } from "zod";
import { nameText } from "../name-text";
import { type AlertKind, alertKinds, alertLevels, alertSteps, mostAcknowledged } from "./words";

const instant = z.iso.datetime();

/** One alert, from firing to recovery. */
export const Alert = z.object({
  id: z.uuid(),
  rule: z.object({ id: z.uuid(), name: z.string() }),
  kind: z.enum(alertKinds),
  level: z.enum(alertLevels).describe("current level; ok = the alert is over"),
  worst: z.enum(alertLevels),
  value: z.number().nullable().describe("runs, percent or minutes at the last change"),
  threshold: z.number(),
  windowMinutes: z.number().nullable().describe("minutes over which runs are counted; null if the rule counts none"),
  about: z.string().nullable().describe("name of the run, source or budget"),
  run: z.object({ id: z.uuid(), seq: z.number().int().nullable() }).nullable(),
  measuredFrom: instant.nullable().describe("start of the measured length of time"),
  firedAt: instant,
  endedAt: instant.nullable(),
  acknowledged: z.object({ by: z.string(), at: instant, note: z.string().nullable() }).nullable(),
  mutedUntil: instant.nullable(),
});
export type Alert = z.infer<typeof Alert>;

/** One step in an alert's life; `n` is gapless within the project. */
export const AlertEntry = z.object({
  n: z.number().int(),
  alertId: z.uuid(),
  at: instant,
  step: z.enum(alertSteps),
  level: z.enum(alertLevels),
  value: z.number().nullable(),
  told: z.boolean().describe("false = the alert was muted"),
  by: z.string().nullable(),
  note: z.string().nullable(),
});
export type AlertEntry = z.infer<typeof AlertEntry>;

export const AlertList = z.object({
  alerts: z.array(Alert),
  firing: z.number().int().describe("firing alerts that are neither acknowledged nor muted"),
  revision: z.number().int().describe("increases with every change"),
  nextCursor: z.string().nullable(),
});
export type AlertList = z.infer<typeof AlertList>;

export const AlertDetail = z.object({ alert: Alert, log: z.array(AlertEntry) });
export type AlertDetail = z.infer<typeof AlertDetail>;

export const AcknowledgeAlert = z.strictObject({ note: nameText({ min: 0, max: 1_000 }).nullable().default(null) });
/** Acknowledges many alerts at once; each gets the note. */
export const AcknowledgeAlerts = z.strictObject({
  alerts: z.array(z.string().min(1).max(512)).min(1).max(mostAcknowledged),
  note: AcknowledgeAlert.shape.note,
});
export type AcknowledgeAlerts = z.input<typeof AcknowledgeAlerts>;

export const AcknowledgedAlerts = z.object({
  results: z.array(
    z.object({
      alert: z.string().describe("as given in the request"),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
  acknowledged: z.number().int(),
  refused: z.number().int(),
});
export type AcknowledgedAlerts = z.infer<typeof AcknowledgedAlerts>;

export const MuteAlert = z.strictObject({
  until: z.iso.datetime().nullable().describe("at most 30 days from now; null = unmute"),
});

/** A log entry with everything needed to describe it in a sentence. */
export type AlertNewsEntry = AlertEntry & {
  readonly ruleName: string;
  readonly kind: AlertKind;
  readonly about: string | null;
  readonly runId: string | null;
  readonly threshold: number;
  readonly windowMinutes: number;
};

/** An `alerts` frame of the live stream; `n` is the newest log entry's. */
export type AlertNews = {
  readonly revision: number;
  readonly n: number;
  readonly firing: number;
  readonly entries: readonly AlertNewsEntry[];
};
