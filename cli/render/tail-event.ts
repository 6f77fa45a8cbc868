import { z } from "zod";
import { ApiEvent } from "@/lib/core/api/event";
import { CanonicalType } from "@/lib/core/api/words";

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);

/**
 * The canonical fields that the terminal prints. A field of the wrong shape is left out, a type that this version
 * does not know becomes `event.unknown`: a newer server never breaks an older terminal.
 */
export const TailEvent = ApiEvent.extend({
  type: CanonicalType.catch("event.unknown"),
  agent: text,
  parentAgent: text,
  role: text,
  callId: text,
  name: text,
  summary: text,
  text,
  level: text,
  durationMs: number,
  input: z.unknown().optional(),
  error: z.looseObject({ message: z.string() }).optional().catch(undefined),
  usage: z
    .looseObject({
      ...{ model: text, costNanos: number, input: number, output: number, cachedRead: number, cachedWrite: number, total: number },
      rule: z.enum(["cached-in-input", "cached-beside-input"]).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  approval: z
    .looseObject({ tool: text, arguments: z.unknown().optional(), question: text, decision: text, decidedBy: text, comment: text })
    .optional()
    .catch(undefined),
  team: z
    .looseObject({ members: z.array(z.looseObject({ agent: z.string() })).optional(), size: number })
    .optional()
    .catch(undefined),
  edge: z.looseObject({ from: text, to: text }).optional().catch(undefined),
  progress: z.looseObject({ percent: number, step: number, steps: number }).optional().catch(undefined),
  budget: z.looseObject({ usedPercent: number, thresholdPercent: number, tokensBudget: number }).optional().catch(undefined),
});
export type TailEvent = z.infer<typeof TailEvent>;

/** When it happened by the sender's clock, else when we received it; epoch milliseconds. */
export function eventTimeMs(event: TailEvent): number {
  return Date.parse(event.occurredAt ?? event.receivedAt);
}

/** The words by which a type filter may ask for it: ours and the sender's. */
export function namesOf(event: TailEvent): readonly string[] {
  return [event.type, event.source.type];
}
