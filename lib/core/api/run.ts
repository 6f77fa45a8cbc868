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
  total: count.describe("as reported where reported, else the sum of the classes"),
});
export type Tokens = z.infer<typeof Tokens>;

export const Cost = z.object({
  reportedNanos: nanos.describe("the run's own total if it reports one, else the sum of its calls or agents, whichever is larger"),
  estimatedNanos: nanos.describe("our estimate for calls that report tokens but no cost"),
  unpricedCalls: count.describe("calls with tokens that nobody can price: no model, no known price, or no split of the tokens"),
  runReportedNanos: nanos.nullable().describe("the run's own total"),
  callsReportedNanos: nanos.describe("sum over its model calls"),
  agentsReportedNanos: nanos.describe("sum over its agents' own totals"),
});
export type Cost = z.infer<typeof Cost>;

/** A run as lists and headers show it. */
export const RunSummary = z.object({
  id: z.uuid(),
  externalId: z.string(),
  dialect: Dialect,
  source: z.string().describe("name of the source"),
  environment: z.string().nullish().describe("of its source, like production; null where nobody has said"),
  name: z.string().describe("what people call it: query, goal or agent; never empty"),
  agent: z.string().nullable(),
  status: RunStatus,
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  durationMs: count.nullable().describe("reported, or ended - started; null while it runs"),
  lastEventAt: instant.nullable(),
  lastReceivedAt: instant.nullish().describe("our clock at its latest event"),
  stallsAt: instant.nullish().describe("when it counts as stalled unless something is heard before; null where it cannot stall"),
  lastSeq: count,
  agents: count,
  agentNames: z.array(z.string()).nullish().describe("those at work, in order of appearance; at most 50"),
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
  pricing: count.optional().describe("how often its estimates were made anew"),
  progressPercent: z.number().nullable(),
  budget: z.object({ usedPercent: z.number(), thresholdPercent: z.number().nullable() }).optional(),
  completeness: z.object({
    sourceFirstSeq: count.nullable(),
    sourceLastSeq: count.nullable(),
    sourceSeen: count,
    sourceMissing: count.nullable().describe("null where the sender has no sequence"),
    late: count,
  }),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunList = z.object({ runs: z.array(RunSummary), nextCursor: z.string().nullable() });
export type RunList = z.infer<typeof RunList>;
