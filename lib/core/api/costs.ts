import { z } from "zod";
import { costGroupings } from "../costs/cost-grouping";
import { costBuckets } from "../costs/cost-span";
import { EffectivePrice } from "../prices/effective-price";
import { RunSummary } from "./run";

/** A correction is booked when it is reported, so a figure for a short span can be negative. */
const figure = z.number().int();
const instant = z.iso.datetime();

export const CostFigures = z.object({
  reports: figure.describe("events that changed a run's tokens or money"),
  tokens: figure,
  input: figure.describe("without the cached classes"),
  output: figure,
  cachedRead: figure,
  cachedWrite: figure,
  reasoning: figure.describe("a part of output"),
  reportedNanos: figure.describe("nano-dollars reported by the senders"),
  estimatedNanos: figure.describe("nano-dollars estimated by Watchfloor when none were reported"),
  unpriced: figure.describe("reports with tokens but no cost that cannot be priced: no model, no known price, or no split of the tokens"),
});
export type CostFigures = z.infer<typeof CostFigures>;

export const CostGroup = z.object({
  key: z.string().describe("name of the agent, model or environment, or id of the source or session; empty if none was named"),
  label: z.string(),
  dialect: z.string().nullable().describe("set when grouped by source"),
  source: z.string().nullable().describe("name of the source, when grouped by source"),
  price: EffectivePrice.nullish().describe("when grouped by model: the price that estimates its tokens now"),
  figures: CostFigures,
});
export type CostGroup = z.infer<typeof CostGroup>;

export const CostPoint = z.object({
  at: instant.describe("start of the bucket"),
  group: z.number().int().describe("index in groups; -1 = all groups that have no points of their own"),
  tokens: figure,
  reportedNanos: figure,
  estimatedNanos: figure,
  unpriced: figure,
});
export type CostPoint = z.infer<typeof CostPoint>;

export const CostReport = z.object({
  from: instant,
  to: instant,
  bucket: z.enum(costBuckets),
  groupBy: z.enum(costGroupings),
  totals: CostFigures,
  outcomes: z
    .object({ succeeded: z.number().int(), failed: z.number().int() })
    .describe("of the runs that began in this range, by their current status"),
  previous: CostFigures.describe("the previous range of the same length"),
  groups: z.array(CostGroup).describe("most expensive first"),
  rest: z.object({ groups: z.number().int(), figures: CostFigures }).describe("groups not listed"),
  points: z.array(CostPoint).describe("buckets without reports are left out"),
  pace: z
    .object({ at: instant, quarterHour: CostFigures, day: CostFigures, month: CostFigures })
    .describe("up to now: the last 15 minutes, the last 24 hours, this month (UTC)"),
});
export type CostReport = z.infer<typeof CostReport>;

export const TopRuns = z.object({ runs: z.array(RunSummary) });
export type TopRuns = z.infer<typeof TopRuns>;
