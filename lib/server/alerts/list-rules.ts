import type { AlertRule } from "@/lib/core/alerts/rule";
import { services } from "../services";
import { isUuid } from "../uuid";
import { publicId } from "../webhooks/public-id";
import { unknownRule } from "./change-rules";
import { type StoredRule, storedRules } from "./rule-row";

/** The project's rules in creation order, each with its number of firing alerts. */
export async function listRules(projectId: string): Promise<AlertRule[]> {
  const { pool } = services();
  const [rules, counts] = await Promise.all([
    storedRules(pool, projectId),
    pool`select rule_id, count(*)::int as n from alerts where project_id = ${projectId} and ended_at_ms is null group by rule_id`,
  ]);
  const firing = new Map(counts.map((row) => [row.rule_id as string, row.n as number]));
  return rules.map((rule) => shownRule(rule, firing.get(rule.id) ?? 0));
}

/** Throws not_found. */
export async function findRule(projectId: string, id: string): Promise<AlertRule> {
  const found = isUuid(id) ? (await listRules(projectId)).find((rule) => rule.id === id.toLowerCase()) : undefined;
  if (!found) throw unknownRule();
  return found;
}

function shownRule({ createdAtMs, updatedAtMs, channels, ...rule }: StoredRule, firing: number): AlertRule {
  return {
    ...rule,
    channels: channels.map((id) => publicId("webhook", id)),
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
    firing,
  };
}
