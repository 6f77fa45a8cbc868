import { z } from "zod";
import { lookBackOf } from "../look-back";

/** What a budget would have reported, had it been created at `from`. */
export const BudgetPreview = lookBackOf({ threshold: z.number().int().describe("percent") }).extend({
  thresholds: z
    .array(z.object({ threshold: z.number().int().describe("percent"), fired: z.number().int() }))
    .describe("how often each was crossed: once per window and per separately counted agent, session or run"),
});
export type BudgetPreview = z.infer<typeof BudgetPreview>;
