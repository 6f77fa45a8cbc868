import type { LoggedEvent } from "@/lib/core/events/logged";
import type { JsonObject } from "@/lib/core/json";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { publicId } from "./public-id";

/** Prefix of the ids of events that this server writes about its deliveries. */
export const ownReportPrefix = "evt_watchfloor_";

export type Reported = {
  readonly id: string;
  readonly webhookId: string;
  readonly url: string;
  readonly attempts: number;
  readonly nextAttemptMs: number | null;
  readonly last: DeliveryAttempt;
  readonly delivered: boolean;
};

/** `webhook.sent` or `webhook.failed` as shown in the ResonantGenesis guide, "Webhook Events". */
export function reportEvent(report: Reported): JsonObject {
  const { id, webhookId, url, attempts, nextAttemptMs, last, delivered } = report;
  const about = { webhook_id: publicId("webhook", webhookId), delivery_id: publicId("delivery", id), url: withoutQuery(url) };
  return {
    id: `${ownReportPrefix}${id.replaceAll("-", "")}_${attempts}`,
    type: delivered ? "webhook.sent" : "webhook.failed",
    created_at: last.at,
    data: delivered
      ? { ...about, status_code: last.status_code, duration_ms: last.duration_ms }
      : {
          ...about,
          error: last.error ?? `HTTP ${last.status_code}`,
          status_code: last.status_code,
          retry_count: attempts,
          next_retry_at: nextAttemptMs === null ? null : new Date(nextAttemptMs).toISOString(),
        },
    metadata: {},
  };
}

/** Whether this server wrote the event about one of its own deliveries. */
export function isOwnReport(event: LoggedEvent): boolean {
  return event.source.id?.startsWith(ownReportPrefix) === true && event.type.startsWith("webhook.");
}

// Queries may contain tokens, and more people can read the log than the settings.
function withoutQuery(url: string): string {
  const parsed = new URL(url);
  return `${parsed.origin}${parsed.pathname}`;
}
