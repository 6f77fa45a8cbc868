import { z } from "zod";
import { RunSummary } from "./run";

const count = z.number().int().nonnegative();

/** The runs that a sender groups together, as a list shows them. */
export const SessionSummary = z.object({
  id: z.string().describe("the sender's id: session_id, thread_id"),
  runs: count,
  /** How many of its runs are running, are stalled, wait for a human, or failed. */
  running: count,
  stalled: count.describe("silent for too long; not counted as running"),
  waiting: count,
  failed: count,
  startedAt: z.iso.datetime().describe("when its first run started or was first heard from"),
  lastEventAt: z.iso.datetime(),
  runMs: count.describe("total duration of its ended runs"),
  tokens: count,
  costNanos: count.describe("nano-dollars, reported and estimated"),
  unpricedCalls: count.describe("model calls with tokens that cannot be priced"),
  stallsAt: z.iso.datetime().nullable().describe("when the next of its runs counts as stalled if nothing more arrives"),
  latest: z.object({ id: z.uuid(), name: z.string() }).describe("its newest run"),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SessionList = z.object({ sessions: z.array(SessionSummary), nextCursor: z.string().nullable() });
export type SessionList = z.infer<typeof SessionList>;

export const SessionReport = z.object({
  session: SessionSummary,
  cost: z.object({ reportedNanos: count, estimatedNanos: count, unpricedCalls: count }).describe("of the runs listed here"),
  runs: z.array(RunSummary).describe("in the order they began; the newest 500"),
});
export type SessionReport = z.infer<typeof SessionReport>;
