import { z } from "zod";
import {
  Delivery,
  DeliveryList,
  deliveryStatuses,
  NewWebhook,
  RotateWebhook,
  Webhook,
  WebhookList,
  WebhookWithSecret,
} from "@/lib/core/webhooks/webhook";
import { aboutWebhook } from "../audit/about";
import { atBases } from "../http/at-bases";
import { bodyOf } from "../http/body-of";
import { json } from "../http/call";
import { ofOne } from "../http/of-one";
import { pageOf, pageParameters, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { createWebhook } from "../webhooks/create-webhook";
import { deleteWebhook } from "../webhooks/delete-webhook";
import { enableWebhook } from "../webhooks/enable-webhook";
import { findWebhook } from "../webhooks/find-webhook";
import { findDelivery, listDeliveries } from "../webhooks/list-deliveries";
import { listWebhooks } from "../webhooks/list-webhooks";
import { redeliver } from "../webhooks/redeliver";
import { rotateSecret } from "../webhooks/rotate-secret";
import { testWebhook } from "../webhooks/test-webhook";

const list: Route = {
  method: "GET",
  path: "/webhooks",
  scope: "admin",
  doc: { summary: "Webhooks, newest first", query: z.object(pageParameters()), reply: WebhookList },
  run: async ({ principal, query }) => json(200, await listWebhooks(principal.projectId, pageOf(query))),
};

const create: Route = {
  method: "POST",
  path: "/webhooks",
  scope: "admin",
  audit: { action: "webhook.create", about: aboutWebhook },
  doc: {
    summary: "Creates a webhook; its secret is shown only once",
    body: NewWebhook,
    reply: WebhookWithSecret,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => json(201, await createWebhook(call.principal.projectId, await bodyOf(call, NewWebhook))),
};

const one: Route = {
  method: "GET",
  path: "/webhooks/:webhook",
  scope: "admin",
  doc: { summary: "A webhook", reply: Webhook },
  run: ofOne("webhook", findWebhook),
};

const end: Route = {
  method: "DELETE",
  path: "/webhooks/:webhook",
  scope: "admin",
  audit: { action: "webhook.delete" },
  doc: { summary: "Deletes a webhook and its deliveries" },
  run: async ({ principal, params }) => {
    await deleteWebhook(principal.projectId, params.webhook as string);
    return { kind: "full", status: 204, body: null };
  },
};

const test: Route = {
  method: "POST",
  path: "/webhooks/:webhook/test",
  scope: "admin",
  audit: { action: "webhook.test", about: () => ({}) },
  doc: { summary: "Sends a webhook.test event once, now", reply: Delivery },
  run: ofOne("webhook", testWebhook),
};

const rotate: Route = {
  method: "POST",
  path: "/webhooks/:webhook/rotate",
  scope: "admin",
  audit: { action: "webhook.rotate", about: aboutWebhook },
  doc: { summary: "Gives a webhook a new secret; the old one also signs for 24 hours", body: RotateWebhook, reply: WebhookWithSecret },
  run: async (call) => {
    const { secret } = await bodyOf(call, RotateWebhook);
    return json(200, await rotateSecret(call.principal.projectId, call.params.webhook as string, secret));
  },
};

const enable: Route = {
  method: "POST",
  path: "/webhooks/:webhook/enable",
  scope: "admin",
  audit: { action: "webhook.enable", about: aboutWebhook },
  doc: { summary: "Enables a disabled webhook; it gets events from now on", reply: Webhook },
  run: ofOne("webhook", enableWebhook),
};

const deliveries: Route = {
  method: "GET",
  path: "/webhooks/:webhook/deliveries",
  scope: "admin",
  doc: {
    summary: "A webhook's deliveries, newest first, each with its attempts",
    query: z.object({ status: z.enum(deliveryStatuses).optional(), ...pageParameters() }),
    reply: DeliveryList,
  },
  run: async ({ principal, params, query }) => {
    const page = { ...pageOf(query), status: wordOf(query, "status", deliveryStatuses) };
    return json(200, await listDeliveries(principal.projectId, params.webhook as string, page));
  },
};

const delivery: Route = {
  method: "GET",
  path: "/webhooks/deliveries/:delivery",
  scope: "admin",
  doc: { summary: "A delivery with its body", reply: Delivery },
  run: ofOne("delivery", findDelivery),
};

const again: Route = {
  method: "POST",
  path: "/webhooks/deliveries/:delivery/redeliver",
  scope: "admin",
  audit: { action: "webhook.resend", about: ({ type }) => ({ subjectName: String(type) }) },
  doc: { summary: "Sends a delivery again, under the same id", reply: Delivery, status: 202, refusals: ["conflict"] },
  run: ofOne("delivery", redeliver, 202),
};

export const webhookRoutes = atBases(["", "/api/v1", "/v1"], [list, create, one, end, test, rotate, enable, deliveries, delivery, again]);
