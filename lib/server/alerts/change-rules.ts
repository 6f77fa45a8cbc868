import type { TransactionSql } from "postgres";
import { alertRules } from "@/db/schema";
import { type AlertRule, type AlertRuleChange, NewAlertRule } from "@/lib/core/alerts/rule";
import { DomainError } from "../errors";
import { holdLimit } from "../hold-limit";
import { fitted } from "../http/parsed-body";
import { isUuid, uuidv7 } from "../uuid";
import { uuidOf } from "../webhooks/public-id";
import { noteSources } from "./heard-before";
import { findRule } from "./list-rules";
import { storedRules } from "./rule-row";
import { endAlertsOf, inTurn, noteRules } from "./turn";

/** Every turn evaluates all of them. */
export const mostRules = 100;

/** Creates a rule and has it evaluated at once. Throws conflict beyond 100 rules, invalid_request for an unknown channel. */
export async function createRule(projectId: string, wanted: NewAlertRule): Promise<AlertRule> {
  const id = await inTurn(projectId, async (tx, { nowMs }) => {
    const limit = { projectId, table: alertRules, most: mostRules };
    await holdLimit(tx, { ...limit, things: "alert rules", hint: "Delete one that is no longer needed." });
    const made = uuidv7(nowMs);
    await write(tx, projectId, { id: made, rule: wanted, nowMs });
    return made;
  });
  return findRule(projectId, id);
}

/** Changes a rule. Firing alerts stay and are evaluated against the new thresholds; disabling the rule ends them. Throws not_found. */
export async function changeRule(projectId: string, id: string, change: AlertRuleChange): Promise<AlertRule> {
  await inTurn(projectId, async (tx, turn) => {
    const [stored] = isUuid(id) ? await storedRules(tx, projectId, { id }) : [];
    if (!stored) throw unknownRule();
    const { id: _id, createdAtMs: _created, updatedAtMs: _updated, ...before } = stored;
    const rule = fitted(NewAlertRule, { ...before, ...change });
    await write(tx, projectId, { id, rule, nowMs: turn.nowMs });
    if (!rule.enabled) await endAlertsOf(tx, { ...turn, projectId, ruleId: id });
  });
  return findRule(projectId, id);
}

/** Deletes a rule and ends its firing alerts; its history stays. Throws not_found. */
export async function deleteRule(projectId: string, id: string): Promise<void> {
  await inTurn(projectId, async (tx, turn) => {
    const gone = isUuid(id) ? await tx`delete from alert_rules where project_id = ${projectId} and id = ${id} returning id` : [];
    if (gone.length === 0) throw unknownRule();
    await endAlertsOf(tx, { ...turn, projectId, ruleId: id });
    await noteRules(tx, projectId);
  });
}

export function unknownRule(): DomainError {
  return new DomainError("not_found", "There is no alert rule with this id.");
}

async function write(tx: TransactionSql, projectId: string, of: { id: string; rule: NewAlertRule; nowMs: number }): Promise<void> {
  const { name, kind, enabled, channels, ...settings } = of.rule;
  const told = await channelIds(tx, projectId, channels);
  await tx`
    insert into alert_rules (project_id, id, name, kind, enabled, settings, channels, created_at_ms, updated_at_ms)
    values (${projectId}, ${of.id}, ${name}, ${kind}, ${enabled}, ${JSON.stringify(settings)}::text::json, ${told}::uuid[], ${of.nowMs}, ${of.nowMs})
    on conflict (project_id, id) do update set name = excluded.name, enabled = excluded.enabled, settings = excluded.settings,
      channels = excluded.channels, updated_at_ms = excluded.updated_at_ms`;
  if (kind === "no-data") await noteSources(tx, projectId);
  await noteRules(tx, projectId);
}

async function channelIds(tx: TransactionSql, projectId: string, wanted: readonly string[]): Promise<string[]> {
  const ids = [...new Set(wanted.map((id) => (isUuid(id) ? id : uuidOf("webhook", id))))];
  const known = await tx`select id from webhooks where project_id = ${projectId} and kind <> 'events' and id = any(${ids}::uuid[])`;
  if (known.length < ids.length)
    throw new DomainError("invalid_request", "One of these channels does not exist.", {
      path: "channels",
      hint: "GET /api/alerts/channels lists them.",
    });
  return ids;
}
