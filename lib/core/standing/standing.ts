import { z } from "zod";
import { standingScopes } from "./scopes";

const instant = z.iso.datetime();
const json = z.unknown();

/** What one argument may be. Anything that a rule does not say does not fit. */
export const ArgumentRule = /* @__PURE__ */ z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("same") }).describe("as in the request that it was made from"),
  z
    .strictObject({ is: z.literal("like"), pattern: z.string().min(1).max(500) })
    .describe("a text; * stands for any characters but / and \\, ** for any; never with .. as a part of a path"),
  z
    .strictObject({ is: z.literal("between"), min: z.number(), max: z.number() })
    .refine(({ min, max }) => min <= max, "The least is more than the most.")
    .describe("a number, both ends included"),
  z.strictObject({ is: z.literal("any") }),
]);
export type ArgumentRule = z.infer<typeof ArgumentRule>;

/** "Allow the next ones like this": what a person gives beside an approval. */
export const NewStanding = /* @__PURE__ */ z.strictObject({
  scope: z.enum(standingScopes).default("run").describe("run: only this run; agent: every run of this agent from this source"),
  uses: z.number().int().min(1).max(1_000).describe("how many requests it approves at most"),
  minutes: z.number().int().min(1).max(43_200).describe("how long it holds"),
  maxNanos: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe("what the runs that use it may spend while they do, nano-dollars; null = not limited"),
  rules: z.record(z.string(), ArgumentRule).default({}).describe("by the argument's name; one that is not named must be the same"),
  allowExtra: z.boolean().default(false).describe("whether arguments that the request did not have may come along"),
});
export type NewStanding = z.infer<typeof NewStanding>;

export const Standing = /* @__PURE__ */ z.object({
  id: z.uuid(),
  tool: z.string(),
  scope: z.enum(standingScopes),
  run: z.object({ id: z.uuid(), name: z.string() }).describe("the run that it was made in"),
  agent: z.string().nullable(),
  arguments: json.describe("of the request that it was made from"),
  rules: z.record(z.string(), ArgumentRule),
  allowExtra: z.boolean(),
  uses: z.number().int(),
  maxUses: z.number().int(),
  spentNanos: z.number().int(),
  maxNanos: z.number().int().nullable(),
  endsAt: instant,
  createdAt: instant,
  createdBy: z.string(),
  approvalId: z.uuid().describe("the request that it was made from"),
});
export type Standing = z.infer<typeof Standing>;

export const StandingList = /* @__PURE__ */ z.object({ standing: z.array(Standing).describe("those that hold now, newest first") });
export type StandingList = z.infer<typeof StandingList>;
