import { z } from "zod";

const count = z.number().int().nonnegative();
/** A correction is booked when it is reported, so a day that has hardly begun can be negative. */
const figure = z.number().int();

/** The figures above the list of runs. */
export const RunCounts = z.object({
  running: count.describe("at work and not stalled"),
  waiting: count.describe("waiting for a human"),
  stalled: count.describe("silent for too long"),
  failed24h: count.describe("failed runs that began in the last 24 hours"),
  countedAtMost: count.describe("counting stops here: a figure with this value may really be larger"),
  costToday: z
    .object({ reportedNanos: figure, estimatedNanos: figure, unpricedCalls: figure })
    .describe("spent since midnight UTC, in nano-dollars; negative if runs corrected more of the previous day"),
  at: z.iso.datetime(),
});
export type RunCounts = z.infer<typeof RunCounts>;
