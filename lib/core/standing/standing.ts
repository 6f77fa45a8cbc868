import { z } from "zod";
import { standingScopes } from "./scopes";

const instant = z.iso.datetime();
const json = z.unknown();

/** What one argument may be. Anything that a rule does not cover does not fit. */
export const ArgumentRule = /* @__PURE__ */ z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("same") }).describe("equal to the argument of the original request"),
  z
    .strictObject({ is: z.literal("like"), pattern: z.string().min(1).max(500) })
    .describe("a text; * matches any characters except / and \\, ** matches any; .. never matches as part of a path"),
  z
    .strictObject({ is: z.literal("between"), min: z.number(), max: z.number() })
    .refine(({ min, max }) => min <= max, "min must not be greater than max.")
    .describe("a number, both ends included"),
  z.strictObject({ is: z.literal("any") }),
]);
export type ArgumentRule = z.infer<typeof ArgumentRule>;

/** "Allow the next ones like this", given along with an approval. */
export const NewStanding = /* @__PURE__ */ z.strictObject({
  scope: z.enum(standingScopes).default("run").describe("run: only this run; agent: every run of this agent from this source"),
  uses: z.number().int().min(1).max(1_000).describe("the most requests that it approves"),
  minutes: z.number().int().min(1).max(43_200).describe("how long it lasts"),
  maxNanos: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe("nano-dollars that the runs may spend from their first use of it on; null = no limit"),
  rules: z.record(z.string(), ArgumentRule).default({}).describe("by argument name; an argument without a rule must be the same"),
  allowExtra: z.boolean().default(false).describe("whether a request may have arguments that the original did not have"),
});
export type NewStanding = z.infer<typeof NewStanding>;

export const Standing = /* @__PURE__ */ z.object({
  id: z.uuid(),
  tool: z.string(),
  scope: z.enum(standingScopes),
  run: z.object({ id: z.uuid(), name: z.string() }).describe("the run it was created in"),
  agent: z.string().nullable(),
  arguments: json.describe("of the original request"),
  rules: z.record(z.string(), ArgumentRule),
  allowExtra: z.boolean(),
  uses: z.number().int(),
  maxUses: z.number().int(),
  spentNanos: z.number().int(),
  maxNanos: z.number().int().nullable(),
  endsAt: instant,
  createdAt: instant,
  createdBy: z.string(),
  approvalId: z.uuid().describe("the original request"),
});
export type Standing = z.infer<typeof Standing>;

export const StandingList = /* @__PURE__ */ z.object({ standing: z.array(Standing).describe("active ones, newest first") });
export type StandingList = z.infer<typeof StandingList>;
