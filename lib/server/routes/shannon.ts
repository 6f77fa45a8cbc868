import { z } from "zod";
import type { TypeFilter } from "@/lib/core/events/type-filter";
import type { JsonObject } from "@/lib/core/json";
import {
  parseShannonResume,
  parseShannonTaskStatus,
  ShannonTask,
  ShannonTaskListItem,
  shannonEncoder,
  shannonQuietEndMs,
  shannonStatusWords,
  shannonTask,
  shannonTaskListItem,
} from "@/lib/dialects/shannon";
import { DomainError } from "../errors";
import type { StoredEvent } from "../events/append/plan";
import type { CachedRun } from "../events/append/run-cache";
import { listEvents } from "../events/list-events";
import { listJson, noting } from "../events/list-json";
import { placeBehind } from "../events/place-behind";
import { type Call, json, type Reply } from "../http/call";
import { jsonInPieces } from "../http/in-pieces";
import { lastEventIdOf } from "../http/last-event-id";
import { anyPlace, integerOf, integerParameter, pageBounds, pageOf, pageParameters, textOf, typesOf, typesParameter } from "../http/query";
import type { Route } from "../http/route";
import { dialectFormat, messageFormat, outgoingOf } from "../live/formats";
import { type ResumePoint, resumeBehind } from "../live/resume-point";
import { socketRun } from "../live/socket-run";
import { streamRun } from "../live/stream-run";
import { socketWhenKnown, streamWhenKnown } from "../live/stream-when-known";
import { askedStatuses } from "../runs/asked-statuses";
import { findRun, findRunIfAny } from "../runs/find-run";
import { listRunsByOffset } from "../runs/list-runs";
import { runAnswer } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";

const fromSeq = { ...anyPlace, fallback: 1 };

const streamQuery = z.object({
  workflow_id: z.string(),
  types: typesParameter(),
  last_event_id: z.string().optional().describe("for clients that cannot send the Last-Event-ID header; digits, or digits-digits"),
  from_seq: integerParameter(fromSeq),
});

const sse: Route = {
  method: "GET",
  path: "/api/v1/stream/sse",
  scope: "read",
  keyInQuery: true,
  doc: { summary: "Shannon: a workflow's events", query: streamQuery, headers: ["Last-Event-ID"], contentType: "text/event-stream" },
  run: (call) => stream(call, workflowOf(call)),
};

const webSocket: Route = {
  method: "GET",
  path: "/api/v1/stream/ws",
  scope: "read",
  keyInQuery: true,
  webSocket: true,
  doc: {
    summary: "Shannon: a workflow's events over a WebSocket, one text message each",
    query: streamQuery,
    headers: ["Last-Event-ID"],
    status: 101,
    refusals: ["upgrade_required"],
  },
  run: (call) => socket(call, workflowOf(call)),
};

const taskStream: Route = {
  method: "GET",
  path: "/api/v1/tasks/:task/stream",
  scope: "read",
  keyInQuery: true,
  doc: { summary: "Shannon: redirects to the task's stream", query: streamQuery.omit({ workflow_id: true }), status: 307 },
  run: (call) => {
    const query = new URLSearchParams(call.query);
    query.set("workflow_id", call.params.task as string);
    return { kind: "full", status: 307, headers: { location: `/api/v1/stream/sse?${query}` }, body: null };
  },
};

const taskPages = pageBounds({ fallback: 20, max: 1_000 }, 1_000_000);
const eventPages = pageBounds({ fallback: 50, max: 1_000 });

const tasks: Route = {
  method: "GET",
  path: "/api/v1/tasks",
  scope: "read",
  doc: {
    summary: "Shannon: tasks, newest first",
    query: z.object({
      ...pageParameters(taskPages),
      status: z.string().optional(),
      session_id: z.string().optional(),
    }),
    reply: z.object({ tasks: z.array(ShannonTaskListItem), total_count: z.int() }),
  },
  run: async ({ query, principal }) => {
    const status = askedStatuses(query, { words: shannonStatusWords, parse: parseShannonTaskStatus });
    const filter = { dialect: "shannon" as const, session: textOf(query, "session_id"), status };
    const { runs, total } = await listRunsByOffset(principal.projectId, filter, pageOf(query, taskPages));
    return json(200, { tasks: runs.map((run) => shannonTaskListItem(summaryOf(run), run.state.lifecycle)), total_count: total });
  },
};

const task: Route = {
  method: "GET",
  path: "/api/v1/tasks/:task",
  scope: "read",
  doc: { summary: "Shannon: a task", reply: ShannonTask },
  run: async (call) => {
    const run = await taskOf(call);
    const { query, output } = await runAnswer(services().pool, run);
    const { lifecycle, usage } = run.state;
    return json(200, shannonTask(summaryOf(run), { query, answer: output, mode: lifecycle.mode, usage }));
  },
};

const taskEvents: Route = {
  method: "GET",
  path: "/api/v1/tasks/:task/events",
  scope: "read",
  doc: {
    summary: "Shannon: a task's event history",
    query: z.object({ ...pageParameters(eventPages), types: typesParameter() }),
    reply: z.object({ events: z.array(z.looseObject({ workflow_id: z.string(), type: z.string() })), count: z.int() }),
  },
  run: async (call) => {
    const run = await taskOf(call);
    const { limit, offset } = pageOf(call.query, eventPages);
    const matches = matching(run, typesOf(call.query));
    const place = matches ? { from: 1, skip: offset } : { from: await placeBehind(run, offset) };
    const pages = listEvents(run, { ...place, limit, matches });
    const written = (item: StoredEvent) => shannonEncoder.item(outgoingOf(shannonEncoder, item, run));
    return jsonInPieces(
      listJson({ before: '{"events":[', after: (count) => `],"count":${count}}`, pages: noting(call, run, pages), written }),
    );
  },
};

export const shannonRoutes: readonly Route[] = [sse, webSocket, taskStream, tasks, task, taskEvents];

function workflowOf({ query }: Call): string {
  const id = query.get("workflow_id");
  if (!id) throw new DomainError("invalid_request", "workflow_id is required.", { path: "?workflow_id=" });
  return id;
}

function taskOf(call: Call) {
  return findRun(call.principal.projectId, call.params.task as string, "shannon");
}

/** Which events of a run belong in its history: for a run of another system, those that Shannon has a name for. Null = all. */
function matching(run: CachedRun, filter: TypeFilter | null): ((item: StoredEvent) => boolean) | null {
  if (filter === null && run.source.dialect === "shannon") return null;
  return (item) => {
    const names = shannonEncoder.names(outgoingOf(shannonEncoder, item, run));
    return filter === null ? names.length > 0 : filter.matches(names);
  };
}

/** As in Shannon, a client may open a task's stream before the task's first event arrives. */
async function stream(call: Call, id: string): Promise<Reply> {
  const { projectId } = call.principal;
  const find = () => findRunIfAny(projectId, id, "shannon");
  const greeting = (runId: string) => shannonEncoder.greeting?.(runId) ?? "";
  // Reject bad parameters now: once the run is known, the stream is already open.
  const filter = typesOf(call.query);
  resumeSeq(call);
  const known = await find();
  if (known !== null) return streamOf(call, known, { filter, greeting: greeting(known.externalId) });
  return streamWhenKnown({
    projectId,
    id,
    find,
    greeting: greeting(id),
    heartbeat: shannonEncoder.heartbeat,
    waitMs: shannonQuietEndMs,
    otherwise: { event: "ERROR_OCCURRED", data: unknownWorkflow(id) },
    open: (run) => streamOf(call, run, { filter, greeting: null }),
  });
}

/** The same over a WebSocket. */
async function socket(call: Call, id: string): Promise<Reply> {
  const { projectId } = call.principal;
  const filter = typesOf(call.query);
  const find = () => findRunIfAny(projectId, id, "shannon");
  const open = (run: CachedRun) =>
    socketRun(run, { format: messageFormat(shannonEncoder, { run, filter }), from: resumePoint(call, run.lastSeq) });
  const known = await find();
  if (known !== null) return open(known);
  resumeSeq(call);
  return socketWhenKnown({ projectId, id, find, waitMs: shannonQuietEndMs, otherwise: unknownWorkflow(id), open });
}

function unknownWorkflow(id: string): JsonObject {
  return { workflow_id: id, type: "ERROR_OCCURRED", message: "Workflow not found" };
}

type Opening = { readonly filter: TypeFilter | null; readonly greeting: string | null };

function streamOf(call: Call, run: CachedRun, { filter, greeting }: Opening): Reply {
  const runId = run.externalId;
  return streamRun(run, {
    format: dialectFormat(shannonEncoder, { run, filter, opened: run.state.lifecycle.registers.opened }),
    from: resumePoint(call, run.lastSeq),
    greeting,
    heartbeat: shannonEncoder.heartbeat,
    end: { encoder: shannonEncoder, runId, quietMs: shannonQuietEndMs },
  });
}

/** `Last-Event-ID`, then `last_event_id` (one of our ids or a number), then the seed's `from_seq`. */
function resumePoint(call: Call, lastSeq: number): ResumePoint {
  const { from, behind } = resumeSeq(call);
  return behind === undefined ? { after: Math.max(0, Math.min(from - 1, lastSeq)) } : resumeBehind(behind, lastSeq);
}

function resumeSeq(call: Call): { readonly from: number; readonly behind?: number } {
  const from = integerOf(call.query, "from_seq", fromSeq);
  const last = lastEventIdOf(call, call.query.get("last_event_id"));
  if (last === "") return { from };
  const point = parseShannonResume(last);
  if (!point) throw new DomainError("invalid_request", "last_event_id must be digits, or digits-digits.", { path: "?last_event_id=" });
  return { from, behind: point.afterSeq };
}
