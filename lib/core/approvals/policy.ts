import { z } from "zod";
import { deadlineMeanings } from "./deadline-meanings";

/** How a project treats what it is asked. */
export const ApprovalPolicy = z.strictObject({
  deadlineSeconds: z
    .number()
    .int()
    .min(10)
    .max(31_536_000)
    .nullable()
    .describe("for requests that name no deadline of their own; null = they wait for as long as their run does"),
  onDeadline: z
    .enum(deadlineMeanings)
    .describe("what it means when nobody decided in time. expire: the agent is told that nobody did; deny: it is told no"),
  standingAllowed: z.boolean().describe("whether a person may allow requests like this one in advance"),
});
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>;

export const defaultApprovalPolicy: ApprovalPolicy = { deadlineSeconds: null, onDeadline: "expire", standingAllowed: true };
