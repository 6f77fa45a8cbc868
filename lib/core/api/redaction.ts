import { z } from "zod";
import { RedactionPolicy } from "../redaction/policy";

/** Shows how a text would be stored under a policy. */
export const RedactionTrial = /* @__PURE__ */ z.strictObject({
  policy: RedactionPolicy,
  text: z.string().max(20_000).describe("JSON, or any text"),
});
export type RedactionTrial = z.infer<typeof RedactionTrial>;

export const RedactionOutcome = /* @__PURE__ */ z.object({
  text: z.string(),
  count: z.number().int().describe("number of values that were redacted"),
});
export type RedactionOutcome = z.infer<typeof RedactionOutcome>;
