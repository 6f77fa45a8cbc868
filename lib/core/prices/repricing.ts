import { z } from "zod";
import { nameText } from "../name-text";
import { repricingStatuses } from "./repricing-status";

const instant = z.iso.datetime();
const count = z.number().int();

/** Which estimates to recompute. */
export const NewRepricing = z
  .strictObject({
    model: nameText({ max: 200 }).nullable().default(null).describe("model name; null = all models"),
    from: instant,
    to: instant.describe("end of the range, exclusive"),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ["from"], message: '"from" must be before "to".' });
export type NewRepricing = z.infer<typeof NewRepricing>;

export const RepricingDifference = z.object({
  runsSeen: count,
  runsChanged: count,
  runsSkipped: count.describe("left unchanged, because part of their log no longer exists"),
  eventsChanged: count,
  beforeNanos: count.describe("current estimates of the runs that change, in nano-dollars"),
  afterNanos: count,
  unpricedBefore: count,
  unpricedAfter: count,
});
export type RepricingDifference = z.infer<typeof RepricingDifference>;

/** Past estimates recomputed at the prices that applied when it was requested. */
export const Repricing = z.object({
  id: z.uuid(),
  model: z.string().nullable(),
  from: instant,
  to: instant,
  status: z.enum(repricingStatuses).describe("counted: nothing changes until it is applied"),
  createdBy: z.string(),
  createdAt: instant,
  appliedBy: z.string().nullable(),
  appliedAt: instant.nullable(),
  endedAt: instant.nullable(),
  counted: RepricingDifference.describe("what it would change; a partial result while it is counting"),
  applied: RepricingDifference.nullable().describe("what it changed; null until it is applied"),
});
export type Repricing = z.infer<typeof Repricing>;

export const RepricingList = z.object({ repricings: z.array(Repricing).describe("newest first, at most 20") });
export type RepricingList = z.infer<typeof RepricingList>;
