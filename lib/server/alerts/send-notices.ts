import type { TransactionSql } from "postgres";
import { type AlertMessage, headlineOf, messageLines, summaryOf } from "@/lib/core/alerts/message";
import { slackBody } from "@/lib/core/alerts/slack-body";
import type { ChannelKind } from "@/lib/core/alerts/words";
import { uuidv7 } from "../uuid";
import type { Ruled } from "./write-judgements";

type Channel = { readonly id: string; readonly kind: ChannelKind };
type Context = { readonly projectId: string; readonly nowMs: number; readonly publicUrl: string };

/**
 * Queues notifications as deliveries to their channels, in the transaction that changed the alert: both happen or neither does. The webhook
 * sender does the rest.
 */
export async function sendNotices(tx: TransactionSql, ruled: readonly Ruled[], context: Context): Promise<number> {
  const told = ruled.filter(({ notice, rule, alertId }) => notice !== null && alertId !== null && rule.channels.length > 0);
  if (told.length === 0) return 0;
  const { projectId, nowMs } = context;
  const wanted = [...new Set(told.flatMap(({ rule }) => rule.channels))];
  const rows = await tx<Channel[]>`
    select id, kind from webhooks where project_id = ${projectId} and id = any(${wanted}::uuid[]) and kind <> 'events' and status = 'active'`;
  const channels = new Map(rows.map((row) => [row.id, row]));
  const deliveries = told.flatMap((one) => {
    const message = alertMessage(one, context);
    return one.rule.channels.flatMap((id) => {
      const channel = channels.get(id);
      return channel
        ? [{ w: id, k: `alert:${message.alertId}:${nowMs}:${message.step}`, t: typeOf(message), b: bodyOf(channel.kind, message) }]
        : [];
    });
  });
  const ids = deliveries.map(() => uuidv7(nowMs)).sort();
  await tx`
    insert into webhook_deliveries (project_id, id, webhook_id, message_key, type, family, source_name, body, created_at_ms, status, next_attempt_ms)
    select ${projectId}, t.i, t.w, t.k, t.t, 'alert', 'watchfloor', t.b, ${nowMs}, 'pending', ${nowMs}
    from json_to_recordset(${JSON.stringify(deliveries.map((one, n) => ({ ...one, i: ids[n] })))}::text::json) as t(i uuid, w uuid, k text, t text, b text)
    on conflict do nothing`;
  return deliveries.length;
}

/** The exact text that is sent to a channel of this kind. */
export function bodyOf(kind: ChannelKind, message: AlertMessage): string {
  switch (kind) {
    case "webhook":
      return JSON.stringify(envelope(message));
    case "slack":
      return JSON.stringify(slackBody(message));
    case "email":
      return JSON.stringify(mail(message));
  }
}

function typeOf({ step, isTest }: AlertMessage): string {
  return isTest ? "webhook.test" : `alert.${step.replaceAll("-", "_")}`;
}

function alertMessage({ rule, alertId, notice, level, finding }: Ruled, { nowMs, publicUrl }: Context): AlertMessage {
  return {
    ...{ alertId: alertId as string, ruleId: rule.id, ruleName: rule.name, kind: rule.kind },
    ...{
      step: notice ?? "reminded",
      level,
      value: finding.value,
      windowMinutes: rule.windowMinutes,
      about: finding.about,
      runId: finding.runId,
    },
    threshold: level === "warning" ? (rule.warning ?? rule.alert) : rule.alert,
    atMs: nowMs,
    alertUrl: `${publicUrl}/alerts?alert=${alertId}`,
    runUrl:
      finding.runId === null ? null : `${publicUrl}/runs/${finding.runId}${finding.seq === null ? "" : `?view=events&sel=${finding.seq}`}`,
  };
}

/** The same envelope as other webhooks. */
function envelope(message: AlertMessage) {
  const { alertId, ruleId, ruleName, kind, level, value, threshold, about, runId, runUrl, alertUrl, atMs, step } = message;
  return {
    id: `evt_alert_${alertId.replaceAll("-", "")}_${atMs}`,
    type: typeOf(message),
    created_at: new Date(atMs).toISOString(),
    data: {
      ...{ alert_id: alertId, alert_url: alertUrl, rule_id: ruleId, rule: ruleName, kind, step, level, value, threshold, about },
      ...(runId === null ? {} : { watchfloor_run_id: runId, run_url: runUrl }),
      summary: summaryOf(message),
    },
    metadata: {},
  };
}

function mail(message: AlertMessage) {
  const links = [message.runUrl === null ? null : `Run: ${message.runUrl}`, `Alert: ${message.alertUrl}`].filter((line) => line !== null);
  const text = [headlineOf(message), "", ...messageLines(message), "", ...links, ""].join("\n");
  return { subject: `[Watchfloor] ${headlineOf(message)}`.replace(/\s+/g, " "), text };
}
