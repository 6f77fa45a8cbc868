import { z } from "zod";
import { dialects } from "@/lib/core/dialect";
import { DomainError } from "../errors";
import { type Call, json, type Reply } from "../http/call";
import type { Route, RouteDoc } from "../http/route";
import { ingest } from "../ingest/ingest";
import { IngestReply, ingestReply, reportReply } from "../ingest/ingest-reply";
import type { IngestReport } from "../ingest/store-events";

const query = z.object({
  run: z.string().optional().describe("run id, for events that do not name their run"),
  source: z.string().optional().describe('name of the source, default "default"'),
});
const eventBody = z
  .union([z.looseObject({}), z.array(z.looseObject({}))])
  .describe("one event, an array, NDJSON, or a text/event-stream body, which may still be open");

const bodyTypes = ["application/json", "application/x-ndjson", "text/event-stream"];
const events: Omit<RouteDoc, "summary"> = { query, headers: ["Idempotency-Key"], body: eventBody, bodyTypes };

const AgentOsReply = IngestReply.extend({
  status: z.literal("ok").optional().describe("agent-os only, in reply to a single event; so are the next two"),
  sdk_run_id: z.string().optional(),
  event_id: z.string().optional(),
});
const ShannonReply = IngestReply.extend({ status: z.literal("ok") });

/** agent-os's own endpoint: a single event gets the reply its SDKs expect, an array the general one. */
const agentOsDoor: Route = {
  method: "POST",
  path: "/api/ingest",
  scope: "ingest",
  doc: { summary: "agent-os events", ...events, reply: AgentOsReply, status: [200, 201] },
  run: (call) => take(call, { dialect: "agent-os", extra: agentOsFields, singleStatus: 201 }),
};

const dialectDoor: Route = {
  method: "POST",
  path: "/api/ingest/:dialect",
  scope: "ingest",
  keyInQuery: true,
  doc: { summary: "Events of any dialect", ...events, reply: AgentOsReply, status: [200, 201] },
  run: (call) => {
    const dialect = dialects.find((name) => name === call.params.dialect);
    if (!dialect)
      throw new DomainError("not_found", "There is no such dialect.", { path: "dialect", hint: `Known: ${dialects.join(", ")}.` });
    return take(call, { dialect, ...(dialect === "agent-os" ? { extra: agentOsFields, singleStatus: 201 } : {}) });
  },
};

/** The sink for a Shannon installation whose EVENTS_INGEST_URL points here. */
const shannonSink: Route = {
  method: "POST",
  path: "/events",
  scope: "ingest",
  doc: { summary: "Shannon's EVENTS_INGEST_URL sink", ...events, reply: ShannonReply },
  run: (call) => take(call, { dialect: "shannon", extra: () => ({ status: "ok" }) }),
};

/** `curl -T-` uploads with PUT. */
const uploadDoor: Route = {
  ...dialectDoor,
  method: "PUT",
  keyInQuery: false,
  doc: { ...dialectDoor.doc, summary: "Events of any dialect, uploaded" },
};

export const ingestRoutes: readonly Route[] = [agentOsDoor, dialectDoor, uploadDoor, shannonSink];

type Manner = {
  readonly dialect: (typeof dialects)[number];
  readonly extra?: (report: IngestReport) => object;
  readonly singleStatus?: number;
};

async function take(call: Call, manner: Manner): Promise<Reply> {
  const extra = (report: IngestReport, single: boolean) =>
    manner.extra && (single || manner.singleStatus === undefined) ? manner.extra(report) : {};
  const { report, single, repeated } = await ingest(call, manner.dialect, (done, one) =>
    JSON.stringify({ ...extra(done, one), ...ingestReply(done) }),
  );
  const status = single ? (manner.singleStatus ?? 200) : 200;
  if (repeated !== undefined) return json(status, JSON.parse(repeated), { "idempotent-replay": "true" });
  return reportReply(call, report, { status, extra: extra(report, single) });
}

function agentOsFields(report: IngestReport): object {
  const [run] = report.runs.values();
  if (!run) return {};
  return { status: "ok", sdk_run_id: run.externalId, event_id: `${run.id}:${run.firstSeq ?? run.lastSeq}` };
}
