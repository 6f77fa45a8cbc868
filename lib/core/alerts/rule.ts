import { z } from "zod";
import { dialects } from "../dialect";
import { nameText } from "../name-text";
import type { AlertLimits } from "./machine";
import { noAlertFilter } from "./no-alert-filter";
import { type AlertKind, alertKinds, kindFacts } from "./words";

const instant = z.iso.datetime();
const word = nameText({ max: 200 }).nullable().default(null);
const seconds = z.number().int().min(0).max(86_400);

/** Which runs, sources or budgets a rule looks at; null = all. */
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
  windowMinutes: z.number().int().min(1).max(1_440).describe("over which runs are counted"),
  minRuns: z.number().int().min(1).max(10_000).describe("an error rate of fewer ended runs is no data"),
  forSeconds: seconds.describe("how long a threshold must be reached before it counts"),
  recoverSeconds: seconds.describe("how long all must be well before it counts"),
  channels: z.array(z.string().max(100)).max(20).describe("who is told"),
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

type Checked = { readonly kind: AlertKind; readonly filter: AlertFilter; readonly warning: number | null; readonly alert: number };

function fits(rule: Checked, context: z.RefinementCtx): void {
  const { most, unit } = kindFacts[rule.kind];
  const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: path.split("."), message });
  if (rule.kind === "no-data" && rule.filter.agent !== null) refuse("filter.agent", "A source has no one agent.");
  if (rule.kind === "budget-crossed" && rule.filter.dialect !== null) refuse("filter.dialect", "A budget counts over all systems.");
  if (rule.kind === "budget-crossed" && rule.filter.environment !== null)
    refuse("filter.environment", "A budget counts over all environments.");
  if (rule.alert > most) refuse("alert", `It is at most ${most.toLocaleString("en")} ${unit}.`);
  if (unit === "runs" && !Number.isInteger(rule.alert)) refuse("alert", "Runs are counted in whole numbers.");
  if (rule.warning === null) return;
  if (unit === "runs" && !Number.isInteger(rule.warning)) refuse("warning", "Runs are counted in whole numbers.");
  if (rule.warning >= rule.alert) refuse("warning", "A warning comes before the alert: give a smaller figure.");
}

/** Body of `POST /api/alerts/rules`. */
export const NewAlertRule = z.strictObject(shape).superRefine(fits);
export type NewAlertRule = z.infer<typeof NewAlertRule>;

/** Body of `PATCH /api/alerts/rules/{rule}`: what is to be otherwise. What a rule watches stays. */
export const AlertRuleChange = z.strictObject(fields).partial();
export type AlertRuleChange = z.infer<typeof AlertRuleChange>;

export const AlertRule = z.object({
  ...shape,
  id: z.uuid(),
  createdAt: instant,
  updatedAt: instant,
  firing: z.number().int().describe("alerts of it that fire now"),
});
export type AlertRule = z.infer<typeof AlertRule>;

export function limitsOf(rule: Pick<NewAlertRule, "warning" | "alert" | "forSeconds" | "recoverSeconds">): AlertLimits {
  return { warning: rule.warning, alert: rule.alert, forMs: rule.forSeconds * 1_000, recoverMs: rule.recoverSeconds * 1_000 };
}

export const AlertRuleList = z.object({ rules: z.array(AlertRule) });
