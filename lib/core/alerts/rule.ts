import { z } from "zod";
import { dialects } from "../dialect";
import { nameText } from "../name-text";
import type { AlertLimits } from "./machine";
import { noAlertFilter } from "./no-alert-filter";
import { ruleFaults, ruleLimits } from "./rule-faults";
import { alertKinds } from "./words";

const instant = z.iso.datetime();
const word = nameText({ max: 200 }).nullable().default(null);
const figure = ({ least, most }: { readonly least: number; readonly most: number }) => z.number().int().min(least).max(most);

/** Which runs, sources or budgets a rule watches; null = all. */
export const AlertFilter = z.strictObject({
  dialect: z.enum(dialects).nullable().default(null),
  environment: word.describe("of the source"),
  agent: word,
  q: word.describe("part of the name of the run, source or budget"),
});
export type AlertFilter = z.infer<typeof AlertFilter>;

const fields = {
  name: nameText({ max: 100 }),
  filter: AlertFilter,
  warning: z.number().positive().nullable().describe("runs, percent or minutes; null = no warning"),
  alert: z.number().positive(),
  windowMinutes: figure(ruleLimits.windowMinutes).describe("minutes over which runs are counted"),
  minRuns: figure(ruleLimits.minRuns).describe("with fewer ended runs than this, an error rate counts as no data"),
  forSeconds: figure(ruleLimits.forSeconds).describe("how long a threshold must be reached before the alert fires"),
  recoverSeconds: figure(ruleLimits.recoverSeconds).describe("how long the value must stay below the threshold before the alert ends"),
  channels: z.array(z.string().max(100)).max(20).describe("ids of the channels to notify"),
  enabled: z.boolean(),
};

const shape = {
  ...fields,
  kind: z.enum(alertKinds),
  filter: fields.filter.default(noAlertFilter),
  warning: fields.warning.default(null),
  windowMinutes: fields.windowMinutes.default(15),
  minRuns: fields.minRuns.default(5),
  forSeconds: fields.forSeconds.default(0),
  recoverSeconds: fields.recoverSeconds.default(60),
  channels: fields.channels.default([]),
  enabled: fields.enabled.default(true),
};

/** Body of `POST /api/alerts/rules`. */
export const NewAlertRule = z.strictObject(shape).superRefine((rule, context) => {
  for (const { path, message } of ruleFaults(rule)) context.addIssue({ code: "custom", path: [...path], message });
});
export type NewAlertRule = z.infer<typeof NewAlertRule>;

/** Body of `PATCH /api/alerts/rules/{rule}`: the fields to change. What a rule watches is fixed. */
export const AlertRuleChange = z.strictObject(fields).partial();
export type AlertRuleChange = z.infer<typeof AlertRuleChange>;

export const AlertRule = z.object({
  ...shape,
  id: z.uuid(),
  createdAt: instant,
  updatedAt: instant,
  firing: z.number().int().describe("its alerts that are firing now"),
});
export type AlertRule = z.infer<typeof AlertRule>;

export function limitsOf(rule: Pick<NewAlertRule, "warning" | "alert" | "forSeconds" | "recoverSeconds">): AlertLimits {
  return { warning: rule.warning, alert: rule.alert, forMs: rule.forSeconds * 1_000, recoverMs: rule.recoverSeconds * 1_000 };
}

export const AlertRuleList = z.object({ rules: z.array(AlertRule) });
