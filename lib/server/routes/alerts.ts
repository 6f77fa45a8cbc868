import { z } from "zod";
import { AcknowledgeAlert, AcknowledgeAlerts, AcknowledgedAlerts, AlertDetail, AlertList, MuteAlert } from "@/lib/core/alerts/alert";
import { AlertChannelList, MadeAlertChannel, NewAlertChannel } from "@/lib/core/alerts/channel";
import { AlertPreview } from "@/lib/core/alerts/preview";
import { AlertRule, AlertRuleChange, AlertRuleList, NewAlertRule } from "@/lib/core/alerts/rule";
import { Delivery, DeliveryList } from "@/lib/core/webhooks/webhook";
import { acknowledgeAlert, muteAlertUntil } from "../alerts/act-on-alert";
import { changeRule, createRule, deleteRule } from "../alerts/change-rules";
import { createChannel, deleteChannel, findChannel, listChannels } from "../alerts/channels";
import { alertTabs, findAlert, listAlerts } from "../alerts/list-alerts";
import { listRules } from "../alerts/list-rules";
import { previewRule } from "../alerts/preview-rule";
import { aboutAlert, aboutMany } from "../audit/about";
import { bodyOf } from "../http/body-of";
import { json } from "../http/call";
import { ownAnswer } from "../http/own-answer";
import { cursorParameter, integerOf, pageOf, pageParameters, textOf, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { listDeliveries } from "../webhooks/list-deliveries";
import { testWebhook } from "../webhooks/test-webhook";

const mostAlerts = 500;
const pastAlerts = 50;

const list: Route = {
  method: "GET",
  path: "/api/alerts",
  scope: "read",
  doc: {
    summary: "Firing alerts, worst unacknowledged first, or past alerts, newest first",
    query: z.object({
      state: z.enum(alertTabs).optional().describe("default `firing`"),
      limit: z
        .int()
        .min(1)
        .max(mostAlerts)
        .optional()
        .describe(`default ${mostAlerts} for firing alerts, ${pastAlerts} for past ones; larger values are capped at ${mostAlerts}`),
      cursor: cursorParameter,
    }),
    reply: AlertList,
  },
  run: async ({ principal, query }) => {
    const state = wordOf(query, "state", alertTabs) ?? "firing";
    const limit = integerOf(query, "limit", { fallback: state === "firing" ? mostAlerts : pastAlerts, min: 1, max: mostAlerts });
    return json(200, await listAlerts(principal.projectId, { state, limit, cursor: textOf(query, "cursor") }));
  },
};

const rules: Route = {
  method: "GET",
  path: "/api/alerts/rules",
  scope: "read",
  doc: { summary: "Alert rules", reply: AlertRuleList },
  run: async ({ principal }) => json(200, { rules: await listRules(principal.projectId) }),
};

const create: Route = {
  method: "POST",
  path: "/api/alerts/rules",
  scope: "admin",
  audit: { action: "rule.create" },
  doc: { summary: "Creates an alert rule", body: NewAlertRule, reply: AlertRule, status: 201, refusals: ["conflict"] },
  run: async (call) => json(201, await createRule(call.principal.projectId, await bodyOf(call, NewAlertRule))),
};

const preview: Route = {
  method: "POST",
  path: "/api/alerts/rules/preview",
  scope: "read",
  doc: { summary: "The alerts that a rule would have raised in the last seven days", body: NewAlertRule, reply: AlertPreview },
  run: async (call) => json(200, await previewRule(call.principal.projectId, await bodyOf(call, NewAlertRule))),
};

const change: Route = {
  method: "PATCH",
  path: "/api/alerts/rules/:rule",
  scope: "admin",
  audit: { action: "rule.change" },
  doc: { summary: "Changes an alert rule, or turns it on or off", body: AlertRuleChange, reply: AlertRule },
  run: async (call) => {
    const wanted = await bodyOf(call, AlertRuleChange);
    return json(200, await changeRule(call.principal.projectId, call.params.rule as string, wanted));
  },
};

const end: Route = {
  method: "DELETE",
  path: "/api/alerts/rules/:rule",
  scope: "admin",
  audit: { action: "rule.delete" },
  doc: { summary: "Deletes an alert rule and ends its firing alerts; their history is kept" },
  run: async ({ principal, params }) => {
    await deleteRule(principal.projectId, params.rule as string);
    return { kind: "full", status: 204, body: null };
  },
};

const channels: Route = {
  method: "GET",
  path: "/api/alerts/channels",
  scope: "admin",
  doc: { summary: "Alert channels, each with the outcome of its last message", reply: AlertChannelList },
  run: async ({ principal }) => json(200, await listChannels(principal.projectId)),
};

const addChannel: Route = {
  method: "POST",
  path: "/api/alerts/channels",
  scope: "admin",
  audit: { action: "channel.create" },
  doc: {
    summary: "Creates a channel; a webhook's secret is shown only once",
    body: NewAlertChannel,
    reply: MadeAlertChannel,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => json(201, await createChannel(call.principal.projectId, await bodyOf(call, NewAlertChannel))),
};

const endChannel: Route = {
  method: "DELETE",
  path: "/api/alerts/channels/:channel",
  scope: "admin",
  audit: { action: "channel.delete" },
  doc: { summary: "Deletes a channel; no rule notifies it any more" },
  run: async ({ principal, params }) => {
    await deleteChannel(principal.projectId, params.channel as string);
    return { kind: "full", status: 204, body: null };
  },
};

const testChannel: Route = {
  method: "POST",
  path: "/api/alerts/channels/:channel/test",
  scope: "admin",
  audit: { action: "channel.test", about: () => ({}) },
  doc: { summary: "Sends a test alert once, now, and returns the outcome", reply: Delivery },
  run: async ({ principal, params }) => {
    const { id } = await findChannel(principal.projectId, params.channel as string);
    return json(200, await testWebhook(principal.projectId, id));
  },
};

const deliveries: Route = {
  method: "GET",
  path: "/api/alerts/channels/:channel/deliveries",
  scope: "admin",
  doc: {
    summary: "Messages to a channel, newest first, each with its attempts; /webhooks/deliveries/{id}/redeliver sends one again",
    query: z.object(pageParameters()),
    reply: DeliveryList,
  },
  run: async ({ principal, params, query }) => {
    const { id } = await findChannel(principal.projectId, params.channel as string);
    return json(200, await listDeliveries(principal.projectId, id, pageOf(query)));
  },
};

const one: Route = {
  method: "GET",
  path: "/api/alerts/:alert",
  scope: "read",
  doc: { summary: "An alert with its log, newest entry first", reply: AlertDetail },
  run: async ({ principal, params }) => json(200, await findAlert(principal.projectId, params.alert as string)),
};

const acknowledge: Route = {
  method: "POST",
  path: "/api/alerts/:alert/acknowledge",
  scope: "decide",
  audit: { action: "alert.acknowledge", about: aboutAlert },
  doc: { summary: "Acknowledges a firing alert", body: AcknowledgeAlert, reply: AlertDetail, refusals: ["conflict"] },
  run: async (call) => {
    const { note } = await bodyOf(call, AcknowledgeAlert);
    return json(200, await acknowledgeAlert(call.principal, call.params.alert as string, note || null));
  },
};

const acknowledgeMany: Route = {
  method: "POST",
  path: "/api/alerts/acknowledge",
  scope: "decide",
  audit: { action: "alert.acknowledge", about: aboutMany("acknowledged") },
  doc: {
    summary: "Acknowledges many firing alerts; each has its own result",
    body: AcknowledgeAlerts,
    reply: AcknowledgedAlerts,
  },
  run: async (call) => {
    const { alerts, note } = await bodyOf(call, AcknowledgeAlerts);
    const results: AcknowledgedAlerts["results"] = [];
    for (const alert of new Set(alerts)) {
      const { error } = await ownAnswer(() => acknowledgeAlert(call.principal, alert, note || null));
      results.push({ alert, error });
    }
    const refused = results.filter(({ error }) => error !== null).length;
    return json(200, { results, acknowledged: results.length - refused, refused });
  },
};

const mute: Route = {
  method: "POST",
  path: "/api/alerts/:alert/mute",
  scope: "decide",
  audit: { action: "alert.mute", about: aboutAlert },
  doc: {
    summary: "Mutes a firing alert until the given time",
    body: MuteAlert,
    reply: AlertDetail,
    refusals: ["conflict"],
  },
  run: async (call) => {
    const { until } = await bodyOf(call, MuteAlert);
    return json(200, await muteAlertUntil(call.principal, call.params.alert as string, until));
  },
};

export const alertRoutes: readonly Route[] = [
  ...[list, rules, create, preview, change, end],
  ...[channels, addChannel, endChannel, testChannel, deliveries],
  ...[one, acknowledge, acknowledgeMany, mute],
];
