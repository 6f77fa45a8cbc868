import { z } from "zod";
import { DeliveryAttempt, deliveryStatuses } from "../webhooks/webhook";

/** A call to a source's own endpoint, and its response. */
export const SourceCall = /* @__PURE__ */ z.object({
  id: z.uuid(),
  source: z.string().describe("name of the source"),
  url: z.string().nullable().describe("null if the source no longer has an address, or has no endpoint for this"),
  status: z.enum(deliveryStatuses),
  attempts: z.number().int(),
  nextAttemptAt: z.iso.datetime().nullable(),
  log: z.array(DeliveryAttempt),
});
export type SourceCall = z.infer<typeof SourceCall>;

export const SourceCallList = /* @__PURE__ */ z.object({ calls: z.array(SourceCall) });
