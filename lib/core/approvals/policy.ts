import { z } from "zod";
import { deadlineMeanings } from "./deadline-meanings";

/** How a project handles approval requests. */
export const ApprovalPolicy = z.strictObject({
  deadlineSeconds: z
    .number()
    .int()
    .min(10)
    .max(31_536_000)
    .nullable()
    .describe("for requests without a deadline of their own; null = they wait until their run ends"),
  onDeadline: z
    .enum(deadlineMeanings)
    .describe("what happens at the deadline. expire: the agent is told that nobody decided; deny: the agent is told no"),
  standingAllowed: z.boolean().describe("whether a person may allow similar requests in advance"),
});
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>;

export const defaultApprovalPolicy: ApprovalPolicy = { deadlineSeconds: null, onDeadline: "expire", standingAllowed: true };
