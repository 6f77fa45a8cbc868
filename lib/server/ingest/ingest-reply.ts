import { z } from "zod";
import { DomainError } from "../errors";
import { type Call, json, jsonText, type Reply } from "../http/call";
import { errorBody } from "../http/respond";
import { rejectionCodes } from "./rejections";
import { type IngestReport, maxRunsListed } from "./store-events";

/** The response of an ingest endpoint. */
export const IngestReply = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(z.object({ index: z.number().int(), code: z.enum(rejectionCodes), message: z.string(), path: z.string().optional() })),
  rejectedTotal: z.number().int(),
  runs: z.array(z.object({ id: z.string(), externalId: z.string(), firstSeq: z.int().nullable(), lastSeq: z.int() })),
  run_id: z.string().optional().describe("Watchfloor's id, if all events belong to one run"),
  run_ids: z.array(z.string()),
  moreRuns: z
    .literal(true)
    .nullish()
    .describe(`true if more runs than these ${maxRunsListed.toLocaleString("en")} got events`),
});
export type IngestReply = z.infer<typeof IngestReply>;

export function ingestReply(report: IngestReport): IngestReply {
  const runs = [...report.runs.values()];
  return {
    accepted: report.accepted,
    duplicates: report.duplicates,
    rejected: [...report.rejected].sort((a, b) => a.index - b.index),
    rejectedTotal: report.rejectedTotal,
    runs,
    ...(runs.length === 1 ? { run_id: runs[0]?.id } : {}),
    run_ids: runs.map((run) => run.id),
    ...(report.moreRuns ? { moreRuns: true } : {}),
  };
}

/** 2xx when anything was accepted (or there was nothing to reject), 422 when every event was rejected. */
export function reportReply(call: Pick<Call, "requestId">, report: IngestReport, more: { status?: number; extra?: object } = {}): Reply {
  const body = ingestReply(report);
  if (report.accepted + report.duplicates === 0 && report.rejectedTotal > 0) return refusedReply(call, body);
  // No value in it needs exact serialisation: the platform's serialiser takes a tenth of the time.
  return jsonText(more.status ?? 200, JSON.stringify({ ...more.extra, ...body }));
}

function refusedReply(call: Pick<Call, "requestId">, body: IngestReply): Reply {
  const first = body.rejected[0];
  const message =
    body.rejectedTotal === 1
      ? (first?.message ?? "The event was rejected.")
      : `All ${body.rejectedTotal} events were rejected. The first: ${first?.message}`;
  const error = new DomainError("invalid_event", message, first?.path === undefined ? {} : { path: first.path });
  // agent-os's own clients read `message` and `errors` from a 422.
  return json(422, { ...errorBody(error, call.requestId), ...body, message, errors: { [first?.path ?? "event"]: [message] } });
}
