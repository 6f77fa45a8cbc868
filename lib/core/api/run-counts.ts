import { z } from "zod";

const count = z.number().int().nonnegative();
/** A correction is booked when it is told, so a young day may be below zero. */
const figure = z.number().int();

/** The figures above the list of runs. */
export const RunCounts = z.object({
  running: count.describe("at work and heard of lately"),
  waiting: count.describe("waiting for a human"),
  stalled: count.describe("silent for too long"),
  failed24h: count.describe("failed, of the runs that began within 24 hours"),
  countedAtMost: count.describe("a figure that stands at this may be larger"),
  costToday: z
    .object({ reportedNanos: figure, estimatedNanos: figure, unpricedCalls: figure })
    .describe("since midnight UTC, by when it was spent, nano-dollars; below zero where runs corrected more of the day before"),
  at: z.iso.datetime(),
});
export type RunCounts = z.infer<typeof RunCounts>;
