import { and, eq } from "drizzle-orm";
import { sources, webhookDeliveries } from "@/db/schema";
import { stringifyExact } from "@/lib/core/exact-json";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { endpointUrl, type SourceCall, sourceEndpoints } from "@/lib/dialects/source-endpoints";
import type { DecidedRow } from "../approvals/approval-row";
import type { ControlRow } from "../control/control-row";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";
import { uuidv7 } from "../uuid";

type Telling = { readonly subject: string; readonly type: string; readonly call: SourceCall };

/** Queues one call per subject to the source's own endpoint, with the attempts, pauses and log of webhooks. */
async function tellSource(run: CachedRun, { subject, type, call }: Telling): Promise<void> {
  const { db, now } = services();
  const [source] = await db
    .select({ address: sources.address })
    .from(sources)
    .where(and(eq(sources.projectId, run.projectId), eq(sources.id, run.source.id)));
  if (!source?.address) return;
  const nowMs = now();
  const outlook =
    endpointUrl(source.address, call.path) === null
      ? { status: "failed" as const, finishedAtMs: nowMs, log: [notSent(nowMs)] }
      : { status: "pending" as const, nextAttemptMs: nowMs };
  await db
    .insert(webhookDeliveries)
    .values({
      projectId: run.projectId,
      id: uuidv7(nowMs),
      webhookId: run.source.id,
      messageKey: `${type}:${subject}`,
      type,
      family: "source",
      sourceName: run.source.name,
      body: stringifyExact(call.body),
      path: call.path,
      subject,
      createdAtMs: nowMs,
      ...outlook,
    })
    .onConflictDoNothing();
}

function notSent(nowMs: number): DeliveryAttempt {
  const error = "Not sent: in an address, this run id would lead to another path.";
  return { at: new Date(nowMs).toISOString(), status_code: null, error, duration_ms: 0, reply: null };
}

/** A decision made through us goes to the system that asked; it never knew of requests made through us. */
export async function tellDecision(run: CachedRun, row: DecidedRow): Promise<void> {
  const { decide } = sourceEndpoints[run.source.dialect];
  if (decide === undefined || row.askedThrough !== "source" || row.decision === null) return;
  const call = decide({
    runId: run.externalId,
    approvalId: row.named ? row.key : row.id,
    kind: row.kind,
    decision: row.decision as Parameters<typeof decide>[0]["decision"],
    ...(row.decidedBy === null ? {} : { by: row.decidedBy }),
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...(row.answer == null ? {} : { answer: row.answer }),
    ...(row.editedArguments == null ? {} : { editedArguments: row.editedArguments }),
  });
  await tellSource(run, { subject: row.id, type: "approval.decided", call });
}

export async function tellControl(run: CachedRun, row: ControlRow): Promise<void> {
  const { control, actions } = sourceEndpoints[run.source.dialect];
  if (control === undefined || !actions.includes(row.action) || row.outcome !== "open") return;
  const call = control({ runId: run.externalId, action: row.action, ...(row.reason === null ? {} : { reason: row.reason }) });
  await tellSource(run, { subject: row.id, type: `control.${row.action}`, call });
}
