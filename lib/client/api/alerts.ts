import type { AcknowledgeAlerts, AcknowledgedAlerts, AlertDetail, AlertList } from "@/lib/core/alerts/alert";
import type { AlertChannelList, MadeAlertChannel, NewAlertChannel } from "@/lib/core/alerts/channel";
import type { AlertPreview } from "@/lib/core/alerts/preview";
import type { AlertRule, AlertRuleChange, NewAlertRule } from "@/lib/core/alerts/rule";
import { mostAcknowledged } from "@/lib/core/alerts/words";
import type { Delivery } from "@/lib/core/webhooks/webhook";
import { ApiError, request } from "./request";

const base = "/api/alerts";
const at = (...parts: string[]) => [base, ...parts.map(encodeURIComponent)].join("/");

export function readAlerts(of: { state: "firing" | "ended"; cursor?: string | null }, signal?: AbortSignal): Promise<AlertList> {
  const query = new URLSearchParams({ state: of.state, ...(of.cursor ? { cursor: of.cursor } : {}) });
  return request<AlertList>(`${base}?${query}`, { signal });
}

export function readAlert(id: string, signal?: AbortSignal): Promise<AlertDetail> {
  return request<AlertDetail>(at(id), { signal });
}

export function acknowledgeAlert({ id, note }: { readonly id: string; readonly note: string | null }): Promise<AlertDetail> {
  return request<AlertDetail>(`${at(id)}/acknowledge`, { method: "POST", body: { note } });
}

/** Takes as many alerts as there are, as many at once as one request holds; each has its own answer. Throws when the first request fails. */
export async function acknowledgeAlerts({ alerts, note }: AcknowledgeAlerts): Promise<AcknowledgedAlerts> {
  const results: AcknowledgedAlerts["results"] = [];
  for (let from = 0; from < alerts.length; from += mostAcknowledged) {
    const some = alerts.slice(from, from + mostAcknowledged);
    try {
      const body: AcknowledgeAlerts = { alerts: some, note };
      results.push(...(await request<AcknowledgedAlerts>(at("acknowledge"), { method: "POST", body })).results);
    } catch (error) {
      // Those before are taken: who asked hears of both.
      if (from === 0 || !(error instanceof ApiError)) throw error;
      const { code, message } = error;
      results.push(...alerts.slice(from).map((alert) => ({ alert, error: { code, message } })));
      break;
    }
  }
  const refused = results.filter(({ error }) => error !== null).length;
  return { results, acknowledged: results.length - refused, refused };
}

export function muteAlert({ id, until }: { readonly id: string; readonly until: string | null }): Promise<AlertDetail> {
  return request<AlertDetail>(`${at(id)}/mute`, { method: "POST", body: { until } });
}

export async function readRules(signal?: AbortSignal): Promise<readonly AlertRule[]> {
  return (await request<{ readonly rules: readonly AlertRule[] }>(at("rules"), { signal })).rules;
}

export function createRule(rule: NewAlertRule): Promise<AlertRule> {
  return request<AlertRule>(at("rules"), { method: "POST", body: rule });
}

export function changeRule({ id, change }: { readonly id: string; readonly change: AlertRuleChange }): Promise<AlertRule> {
  return request<AlertRule>(at("rules", id), { method: "PATCH", body: change });
}

export function deleteRule(id: string): Promise<void> {
  return request<void>(at("rules", id), { method: "DELETE" });
}

export function previewRule(rule: NewAlertRule, signal?: AbortSignal): Promise<AlertPreview> {
  return request<AlertPreview>(at("rules", "preview"), { method: "POST", body: rule, signal });
}

export function readChannels(signal?: AbortSignal): Promise<AlertChannelList> {
  return request<AlertChannelList>(at("channels"), { signal });
}

export function createChannel(channel: NewAlertChannel): Promise<MadeAlertChannel> {
  return request<MadeAlertChannel>(at("channels"), { method: "POST", body: channel });
}

export function deleteChannel(id: string): Promise<void> {
  return request<void>(at("channels", id), { method: "DELETE" });
}

export function testChannel(id: string): Promise<Delivery> {
  return request<Delivery>(`${at("channels", id)}/test`, { method: "POST", body: {} });
}
