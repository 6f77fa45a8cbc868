import type { ISql } from "postgres";
import { noAlertFilter } from "@/lib/core/alerts/no-alert-filter";
import type { AlertFilter, NewAlertRule } from "@/lib/core/alerts/rule";

/** A rule as it is evaluated. `channels` are webhook ids as stored in the database. */
export type StoredRule = NewAlertRule & { readonly id: string; readonly createdAtMs: number; readonly updatedAtMs: number };

type RuleRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: NewAlertRule["kind"];
  readonly enabled: boolean;
  readonly settings: Omit<NewAlertRule, "name" | "kind" | "enabled" | "channels" | "filter"> & { readonly filter: Partial<AlertFilter> };
  readonly channels: string[];
  readonly created_at_ms: string;
  readonly updated_at_ms: string;
};

/** The project's rules in creation order, or the one with this id. */
export async function storedRules(sql: ISql, projectId: string, only?: { readonly id: string }): Promise<StoredRule[]> {
  const rows = await sql<RuleRow[]>`
    select id, name, kind, enabled, settings, channels, created_at_ms, updated_at_ms from alert_rules
    where project_id = ${projectId} ${only === undefined ? sql`` : sql`and id = ${only.id}`} order by id`;
  return rows.map(({ settings, created_at_ms, updated_at_ms, ...rest }) => ({
    ...settings,
    // A rule created before this filter existed has none.
    filter: { ...noAlertFilter, ...settings.filter },
    ...rest,
    createdAtMs: Number(created_at_ms),
    updatedAtMs: Number(updated_at_ms),
  }));
}
