import { z } from "zod";
import { nameText } from "../name-text";
import { EventPattern } from "./patterns";

/** At least 8 characters, so that a signature cannot be guessed from a dictionary. */
export const WebhookSecret = z
  .string()
  .min(8, "A secret must have at least 8 characters.")
  .max(256)
  .regex(/^[\x21-\x7e]+$/, "A secret may contain only visible ASCII characters.");

const events = z.array(EventPattern).min(1, "Name at least one event, such as session.*.").max(50);

/** Body of `POST /webhooks` (ResonantGenesis guide, "Subscribing to Events"). Clients in typed languages write null for what they omit. */
export const NewWebhook = z.object({
  url: z.string().trim().min(1).max(2_000),
  events,
  secret: WebhookSecret.nullish(),
  description: nameText({ min: 0, max: 200 }).nullish(),
});
export type NewWebhook = z.infer<typeof NewWebhook>;

export const RotateWebhook = z.object({ secret: WebhookSecret.nullish() });

export const DeliveryAttempt = z.object({
  at: z.iso.datetime(),
  status_code: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.number(),
  /** The start of the receiver's response. */
  reply: z.string().nullable(),
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const deliveryStatuses = ["pending", "delivered", "failed"] as const;

export const Delivery = z.object({
  id: z.string(),
  webhook_id: z.string(),
  type: z.string(),
  status: z.enum(deliveryStatuses),
  status_code: z.int().nullable(),
  error: z.string().nullable(),
  attempts: z.int(),
  next_attempt_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  log: z.array(DeliveryAttempt),
  /** The exact signed body; only when a single delivery is requested. */
  body: z.string().optional(),
});
export type Delivery = z.infer<typeof Delivery>;

export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  description: z.string().nullable(),
  status: z.enum(["active", "disabled"]),
  disabled_reason: z.string().nullable(),
  created_at: z.iso.datetime(),
  /** How long the secret before the last rotation still signs alongside the current one. */
  previous_secret_until: z.iso.datetime().nullable(),
  last_delivery: z
    .object({ type: z.string(), status: z.enum(deliveryStatuses), status_code: z.int().nullable(), at: z.iso.datetime() })
    .nullable(),
  /** Deliveries awaiting an attempt. */
  pending: z.int(),
});
export type Webhook = z.infer<typeof Webhook>;

/** The response to creating a webhook or rotating its secret: the only time the secret is shown. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

export const Pagination = z.object({ total: z.int(), limit: z.int(), offset: z.int(), has_more: z.boolean() });
export const WebhookList = z.object({ data: z.array(Webhook), pagination: Pagination });
export const DeliveryList = z.object({ data: z.array(Delivery), pagination: Pagination });
export type DeliveryList = z.infer<typeof DeliveryList>;
