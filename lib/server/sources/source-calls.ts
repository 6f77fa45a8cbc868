import type { SourceCall } from "@/lib/core/api/source-call";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { endpointUrl } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import { isoOrNull } from "../iso";
import { services } from "../services";

type Row = {
  readonly id: string;
  readonly source_name: string;
  readonly address: string | null;
  readonly path: string;
  readonly status: SourceCall["status"];
  readonly attempts: number;
  readonly next_attempt_ms: string | null;
  readonly log: DeliveryAttempt[];
};

/** The calls that inform a source of a decision or control request; none if the source has no address. */
export async function sourceCalls(projectId: string, subject: string): Promise<SourceCall[]> {
  const rows = await services().pool<Row[]>`
    select d.id, d.source_name, s.address, d.path, d.status, d.attempts, d.next_attempt_ms, d.log
    from webhook_deliveries d join sources s on s.project_id = d.project_id and s.id = d.webhook_id
    where d.project_id = ${projectId} and d.subject = ${subject} and d.family = 'source' order by d.id`;
  return rows.map((row) => ({
    id: row.id,
    source: row.source_name,
    url: row.address === null ? null : endpointUrl(row.address, row.path),
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.status === "pending" ? isoOrNull(row.next_attempt_ms) : null,
    log: row.log,
  }));
}

/** Calls the source again at once, restarting the retry schedule. Throws not_found if it was never called. */
export async function callAgain(projectId: string, subject: string): Promise<SourceCall[]> {
  const { pool, now } = services();
  const calls = await sourceCalls(projectId, subject);
  if (calls.length === 0)
    throw new DomainError("not_found", "No call was made to a source's endpoint for this.", {
      hint: "Set the source's address under Settings, Sources.",
    });
  const callable = calls.filter(({ url }) => url !== null).map(({ id }) => id);
  // One that is being sent right now keeps its lock and is sent anyway.
  await pool`
    update webhook_deliveries set status = 'pending', step = 0, next_attempt_ms = ${now()}
    where project_id = ${projectId} and subject = ${subject} and family = 'source' and id = any(${callable}) and (locked_until_ms is null or locked_until_ms <= ${now()})`;
  return sourceCalls(projectId, subject);
}
