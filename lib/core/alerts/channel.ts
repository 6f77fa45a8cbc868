import { z } from "zod";
import { nameText } from "../name-text";
import { DeliveryAttempt, deliveryStatuses, WebhookSecret } from "../webhooks/webhook";
import { channelKinds } from "./words";

const name = nameText({ max: 100 });
const url = z.string().trim().min(1).max(2_000);

/** Body of `POST /api/alerts/channels`. */
export const NewAlertChannel = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), name, url, secret: WebhookSecret.optional() }),
  z.strictObject({
    kind: z.literal("slack"),
    name,
    url: url.describe("an incoming webhook; stored encrypted, because anyone who has it can post"),
  }),
  z.strictObject({ kind: z.literal("email"), name, to: z.array(z.email("Not a valid e-mail address.").max(254)).min(1).max(20) }),
]);
export type NewAlertChannel = z.infer<typeof NewAlertChannel>;

export const AlertChannel = z.object({
  id: z.string(),
  kind: z.enum(channelKinds),
  name: z.string(),
  address: z.string().describe("the part of the destination that may be shown"),
  status: z.enum(["active", "disabled"]),
  disabledReason: z.string().nullable(),
  createdAt: z.iso.datetime(),
  pending: z.number().int().describe("messages that are still to be sent"),
  last: z
    .object({ type: z.string(), status: z.enum(deliveryStatuses), attempt: DeliveryAttempt })
    .nullable()
    .describe("the newest message with an attempt"),
});
export type AlertChannel = z.infer<typeof AlertChannel>;

/** The response to creating a channel. A webhook's secret is shown only here. */
export const MadeAlertChannel = AlertChannel.extend({ secret: z.string().nullable() });
export type MadeAlertChannel = z.infer<typeof MadeAlertChannel>;

export const AlertChannelList = z.object({
  channels: z.array(AlertChannel),
  email: z.boolean().describe("whether the server can send e-mail"),
});
export type AlertChannelList = z.infer<typeof AlertChannelList>;
