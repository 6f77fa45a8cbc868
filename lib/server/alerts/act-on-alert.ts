import type { TransactionSql } from "postgres";
import type { AlertDetail } from "@/lib/core/alerts/alert";
import { type AlertState, muteAlert } from "@/lib/core/alerts/machine";
import type { AlertStep } from "@/lib/core/alerts/words";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { isUuid } from "../uuid";
import { findAlert, unknownAlert } from "./list-alerts";
import { inTurn } from "./turn";

export const mostMutedMs = 30 * 86_400_000;

/**
 * Records that somebody is handling a firing alert. The first acknowledgement stands; later callers are told whose it was. Throws
 * not_found, and conflict when the alert is over or already acknowledged.
 */
export async function acknowledgeAlert(principal: Principal, id: string, note: string | null): Promise<AlertDetail> {
  const by = await deciderName(principal);
  await act(principal.projectId, id, async (tx, { nowMs, log }) => {
    const [taken] = await tx`
      update alerts set acknowledged_by = ${by}, acknowledged_at_ms = ${nowMs}, note = ${note}
      where project_id = ${principal.projectId} and id = ${id} and acknowledged_at_ms is null returning id`;
    if (!taken) {
      // On this connection: a transaction that held one and waited for another could deadlock with those that wait for it to release the
      // turn.
      const { alert } = await findAlert(principal.projectId, id, tx);
      throw new DomainError("conflict", `${alert.acknowledged?.by ?? "Somebody"} already acknowledged this alert.`, { beside: { alert } });
    }
    await log("acknowledged", by, note);
  });
  return findAlert(principal.projectId, id);
}

/** Mutes notifications of this alert until then; null = unmute. Throws not_found, conflict and invalid_request. */
export async function muteAlertUntil(principal: Principal, id: string, until: string | null): Promise<AlertDetail> {
  const by = await deciderName(principal);
  const { projectId } = principal;
  await act(projectId, id, async (tx, { nowMs, log }) => {
    const untilMs = until === null ? null : Date.parse(until);
    if (untilMs !== null && (untilMs <= nowMs || untilMs > nowMs + mostMutedMs))
      throw new DomainError("invalid_request", "`until` must be a time in the next 30 days.", { path: "until" });
    const [row] = await tx`
      select rule_id, subject, state from alert_states where project_id = ${projectId} and alert_id = ${id}`;
    if (!row) throw over();
    const state = muteAlert(row.state as AlertState, untilMs, nowMs);
    await tx`
      update alert_states set state = ${JSON.stringify(state)}::text::json
      where project_id = ${projectId} and rule_id = ${row.rule_id} and subject = ${row.subject}`;
    await tx`update alerts set muted_until_ms = ${untilMs} where project_id = ${projectId} and id = ${id}`;
    await log(untilMs === null ? "unmuted" : "muted", by, until === null ? null : new Date(until).toISOString());
  });
  return findAlert(projectId, id);
}

type Acting = { readonly nowMs: number; readonly log: (step: AlertStep, by: string, note: string | null) => Promise<void> };

async function act(projectId: string, id: string, work: (tx: TransactionSql, acting: Acting) => Promise<void>): Promise<void> {
  if (!isUuid(id)) throw unknownAlert();
  await inTurn(projectId, async (tx, { nowMs, logSeq }) => {
    const [alert] = await tx`select level, value, ended_at_ms from alerts where project_id = ${projectId} and id = ${id}`;
    if (!alert) throw unknownAlert();
    if (alert.ended_at_ms !== null) throw over();
    const log = async (step: AlertStep, by: string, note: string | null) => {
      await tx`
        insert into alert_log (project_id, n, alert_id, at_ms, step, level, value, told, by_name, note)
        values (${projectId}, ${logSeq + 1}, ${id}, ${nowMs}, ${step}, ${alert.level}, ${alert.value}, false, ${by}, ${note})`;
      await tx`update alert_turns set log_seq = ${logSeq + 1} where project_id = ${projectId}`;
    };
    await work(tx, { nowMs, log });
  });
}

function over(): DomainError {
  return new DomainError("conflict", "This alert is over.", { hint: "Only a firing alert can be acknowledged or muted." });
}
