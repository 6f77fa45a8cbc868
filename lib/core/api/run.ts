import { z } from "zod";
import { Dialect, RunStatus } from "./words";

const count = z.number().int().nonnegative();
const nanos = z.number().int().nonnegative().describe("nano-dollars");
const instant = z.iso.datetime();

export const Tokens = z.object({
  input: count.describe("without the cached classes"),
  output: count,
  cachedRead: count,
  cachedWrite: count,
  reasoning: count,
  total: count.describe("as reported, or the sum of the classes"),
});
export type Tokens = z.infer<typeof Tokens>;

export const Cost = z.object({
  reportedNanos: nanos.describe("the run's own total if it reports one, else the sum of its calls or agents, whichever is larger"),
  estimatedNanos: nanos.describe("Watchfloor's estimate for calls that report tokens but no cost"),
  unpricedCalls: count.describe("calls with tokens that cannot be priced: no model, no known price, or no split of the tokens"),
  runReportedNanos: nanos.nullable().describe("the run's own total"),
  callsReportedNanos: nanos.describe("sum of its model calls"),
  agentsReportedNanos: nanos.describe("sum of its agents' own totals"),
});
export type Cost = z.infer<typeof Cost>;

/** A run as lists and headers show it. */
export const RunSummary = z.object({
  id: z.uuid(),
  externalId: z.string(),
  dialect: Dialect,
  source: z.string().describe("name of the source"),
  environment: z.string().nullish().describe("environment of its source, such as production; null if not set"),
  name: z.string().describe("display name: query, goal or agent; never empty"),
  agent: z.string().nullable(),
  status: RunStatus,
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  durationMs: count.nullable().describe("reported, or ended - started; null while it runs"),
  lastEventAt: instant.nullable(),
  lastReceivedAt: instant.nullish().describe("when its latest event arrived, by the server's clock"),
  stallsAt: instant.nullish().describe("when it counts as stalled if nothing more arrives; null if it cannot stall"),
  lastSeq: count,
  agents: count,
  agentNames: z.array(z.string()).nullish().describe("agents at work, in order of appearance, at most 50"),
  steps: count,
  toolCalls: count,
  modelCalls: count,
  errors: count,
  unknownEvents: count,
  tokens: Tokens,
  cost: Cost,
  models: z.array(z.string()),
  activity: z.string().nullable().describe("what it is doing now"),
  sessionId: z.string().nullable(),
  error: z.object({ message: z.string(), code: z.string().optional() }).optional(),
  waitingFor: z.string().optional(),
  waitingSince: instant.optional(),
  pendingApprovals: count,
  pricing: count.optional().describe("how often its cost was repriced"),
  progressPercent: z.number().nullable(),
  budget: z.object({ usedPercent: z.number(), thresholdPercent: z.number().nullable() }).optional(),
  completeness: z.object({
    sourceFirstSeq: count.nullable(),
    sourceLastSeq: count.nullable(),
    sourceSeen: count,
    sourceMissing: count.nullable().describe("null if the sender has no sequence"),
    late: count,
  }),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunList = z.object({ runs: z.array(RunSummary), nextCursor: z.string().nullable() });
export type RunList = z.infer<typeof RunList>;
