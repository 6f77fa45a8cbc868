import { z } from "zod";
import { instantOfText } from "../instant-of-text";
import { EventPattern } from "./patterns";
import { WebhookSecret } from "./webhook";

export const replayStatuses = ["running", "completed", "cancelled", "failed"] as const;

/** A time in ISO 8601; without a zone it is UTC. */
const Instant = z.string().transform((text, context) => {
  const ms = instantOfText(text);
  if (ms === undefined) context.addIssue({ code: "custom", message: "A time must be in ISO 8601." });
  return ms ?? Number.NaN;
});

const Patterns = z.array(EventPattern).max(50);

/** Clients in typed languages write null for what they omit. */
const target = {
  webhook_url: z.string().trim().min(1).max(2_000),
  types: Patterns.nullish(),
  events: Patterns.nullish(),
  /** Speed-up factor; omitted or 0 = as fast as the receiver accepts. */
  speed: z.number().min(0).max(10_000).nullish(),
  secret: WebhookSecret.nullish(),
};

/** Body of `POST /api/v1/events/replay` (ResonantGenesis guide, "Event Replay"). */
export const NewReplay = z.object({ since: Instant.nullish(), until: Instant.nullish(), ...target });
export type NewReplay = z.output<typeof NewReplay>;

/** Body of `POST /api/runs/{id}/replay`. */
export const NewRunReplay = z.strictObject(target);

export const Replay = z.object({
  id: z.string(),
  status: z.enum(replayStatuses),
  delivered: z.int(),
  total: z.int(),
  webhook_url: z.string(),
  types: z.array(z.string()),
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
  speed: z.number().nullable(),
  error: z.string().nullable(),
  created_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
});
export type Replay = z.infer<typeof Replay>;

export const StartedReplay = Replay.extend({ event_count: z.int() });
export type StartedReplay = z.infer<typeof StartedReplay>;
export const ReplayList = z.object({ data: z.array(Replay) });
