import { z } from "zod";

export const effectiveSources = ["override", "genai-prices", "unpriced"] as const;

/** The price that a model's tokens are estimated at now. */
export const EffectivePrice = z.object({
  source: z.enum(effectiveSources),
  id: z.uuid().nullable().describe("id of the project's own price"),
  input: z.string().nullable(),
  output: z.string().nullable(),
  cachedRead: z.string().nullable(),
  cachedWrite: z.string().nullable(),
  reasoning: z.string().nullable(),
  tiered: z.boolean().describe("costs more beyond a number of tokens; the figures are those below it"),
});
export type EffectivePrice = z.infer<typeof EffectivePrice>;
