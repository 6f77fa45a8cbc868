import { z } from "zod";
import { toApiEvent } from "@/lib/core/api/convert";
import { CostLines } from "@/lib/core/api/cost-lines";
import { EventPage } from "@/lib/core/api/event";
import { RunSummary } from "@/lib/core/api/run";
import { JsonText } from "@/lib/core/exact-json";
import { chunkEndBefore, chunkEvents } from "@/lib/core/run/run-window";
import { withRequestId } from "../approvals/approval-id";
import { costLines } from "../costs/cost-lines";
import type { StoredEvent } from "../events/append/plan";
import { askedEvents, errorsParameter, soughtParameter } from "../events/asked-events";
import { listEvents } from "../events/list-events";
import { listJson, noting } from "../events/list-json";
import { type Call, json } from "../http/call";
import { jsonHeld, jsonInPieces } from "../http/in-pieces";
import { lastEventIdOf } from "../http/last-event-id";
import { anyPlace, integerOf, integerParameter, typesOf, typesParameter } from "../http/query";
import type { Route } from "../http/route";
import { nativeFormat } from "../live/formats";
import { type ResumePoint, resumeBehind } from "../live/resume-point";
import { streamRun } from "../live/stream-run";
import { findRun } from "../runs/find-run";
import { runChunksJson, runSnapshotJson, runWindowJson } from "../runs/run-snapshot";
import { summaryOf } from "../runs/summary-of";

const seq = z.int().min(1);
const fromSeq = { ...anyPlace, fallback: 1 };
const pageLimit = { fallback: 200, min: 1, max: 1_000 };
const types = typesParameter();
const raw = z.enum(["0", "1", "false", "true"]).optional().describe("1 = each event with the sender's JSON");

const one: Route = {
  method: "GET",
  path: "/api/runs/:run",
  scope: "read",
  doc: { summary: "A run, by Watchfloor's id or the sender's", reply: RunSummary },
  run: async (call) => json(200, summaryOf(await runOf(call))),
};

const state: Route = {
  method: "GET",
  path: "/api/runs/:run/state",
  scope: "read",
  doc: {
    summary: "The state of a run: the fold of its log up to now, or as of one of its events",
    query: z.object({ at: seq.optional().describe("seq of the event; beyond the last one means now") }),
    reply: z.object({ run: RunSummary, state: z.looseObject({}) }),
  },
  run: async (call) => {
    const run = await runOf(call);
    const at = integerOf(call.query, "at", { fallback: run.lastSeq, min: 1, max: Math.max(1, run.lastSeq) });
    return jsonInPieces(runSnapshotJson(run, at));
  },
};

const lines: Route = {
  method: "GET",
  path: "/api/runs/:run/cost-lines",
  scope: "read",
  doc: {
    summary: "How a run's cost adds up: tokens by class, each with its price and where that comes from",
    query: z.object({ at: seq.optional().describe("seq of the event; beyond the last one means now") }),
    reply: CostLines,
  },
  run: async (call) => {
    const run = await runOf(call);
    return json(200, await costLines(run, integerOf(call.query, "at", { fallback: run.lastSeq, min: 1, max: Math.max(1, run.lastSeq) })));
  },
};

export const mostWindowEvents = 20_000;
const windowEvents = { fallback: mostWindowEvents, min: 0, max: mostWindowEvents };

const window: Route = {
  method: "GET",
  path: "/api/runs/:run/window",
  scope: "read",
  doc: {
    summary: "The state of a run with only the rows of its latest events, however long the run is",
    query: z.object({
      at: seq.optional().describe("seq of the event; beyond the last one means now"),
      events: integerParameter(windowEvents, `how many events back; rounded up to whole chunks of ${chunkEvents}`),
    }),
    reply: z.object({ run: RunSummary, state: z.looseObject({}), base: z.looseObject({}), chunks: z.array(z.looseObject({})) }),
  },
  run: async (call) => {
    const run = await runOf(call);
    const at = integerOf(call.query, "at", { fallback: run.lastSeq, min: 1, max: run.lastSeq });
    const events = integerOf(call.query, "events", windowEvents);
    return jsonHeld(await runWindowJson(run, { at, events }));
  },
};

const chunks: Route = {
  method: "GET",
  path: "/api/runs/:run/chunks",
  scope: "read",
  doc: {
    summary: "What a range of a run's log did to its spans and its transcript",
    query: z.object({
      after: z.int().min(0).default(0).describe(`end of a chunk: a multiple of ${chunkEvents}`),
      upTo: z.int().min(0).optional().describe(`end of a later chunk, at most ${mostWindowEvents} later`),
    }),
    reply: z.object({ base: z.looseObject({}), chunks: z.array(z.looseObject({})) }),
  },
  run: async (call) => {
    const run = await runOf(call);
    const last = chunkEndBefore(run.lastSeq);
    const after = chunkEndBefore(integerOf(call.query, "after", { fallback: 0, min: 0, max: last }));
    const most = Math.min(last, after + mostWindowEvents);
    const upTo = chunkEndBefore(integerOf(call.query, "upTo", { fallback: most, min: after, max: most }));
    return jsonHeld(await runChunksJson(run, { after, upTo }));
  },
};

/** A filter with few matches reads a whole run. A caller that wants progress can ask for a reply after this many milliseconds. */
const within = { fallback: 60_000, min: 100, max: 60_000 };

const withinParameter = z
  .int()
  .min(within.min)
  .max(within.max)
  .optional()
  .describe("milliseconds after which a filter stops; readUpTo then says how far it read. Without it, the whole log is read");

const events: Route = {
  method: "GET",
  path: "/api/runs/:run/events",
  scope: "read",
  doc: {
    summary: "A run's events by seq",
    query: z.object({
      from: integerParameter(fromSeq, "seq of the first one"),
      limit: integerParameter(pageLimit),
      types,
      errors: errorsParameter,
      q: soughtParameter,
      within: withinParameter,
      raw,
    }),
    reply: EventPage,
  },
  run: async (call) => {
    const run = await runOf(call);
    const raw = wantsRaw(call);
    const { matches, around } = askedEvents(call.query, run);
    let readUpTo = 0;
    const pages = listEvents(run, {
      ...{ matches, exact: raw, forMs: call.query.get("within") ? integerOf(call.query, "within", within) : undefined },
      from: integerOf(call.query, "from", fromSeq),
      limit: integerOf(call.query, "limit", pageLimit),
      lookedUpTo: (seq) => {
        readUpTo = seq;
      },
    });
    // The sender's text is passed through unchanged: parsed and serialised again, 9007199254740993 would become ...992.
    const written = (stored: StoredEvent) => {
      const event = toApiEvent(withRequestId(run.id, stored.event), raw ? new JsonText(stored.rawText) : undefined);
      const found = around(stored);
      return found === null ? event : { ...event, found };
    };
    const after = () => `],"lastSeq":${run.lastSeq},"readUpTo":${readUpTo}}`;
    return jsonInPieces(listJson({ before: '{"events":[', after, pages: noting(call, run, pages), written }));
  },
};

const stream: Route = {
  method: "GET",
  path: "/api/runs/:run/stream",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "A run's events, live; resumes by Last-Event-ID or ?from=",
    query: z.object({
      from: integerParameter(fromSeq, "seq of the first one"),
      types,
      raw,
      last_event_id: z.string().optional().describe("for clients that cannot send the Last-Event-ID header"),
    }),
    headers: ["Last-Event-ID"],
    contentType: "text/event-stream",
  },
  run: async (call) => {
    const run = await runOf(call);
    return streamRun(run, {
      format: nativeFormat(typesOf(call.query), wantsRaw(call), run),
      from: resumePoint(call, run.lastSeq),
      heartbeat: "heartbeat",
    });
  },
};

export const runRoutes: readonly Route[] = [one, state, window, chunks, events, lines, stream];

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string);
}

function wantsRaw(call: Call): boolean {
  return ["1", "true"].includes(call.query.get("raw") ?? "");
}

/** Last-Event-ID wins over ?from=. */
function resumePoint(call: Call, lastSeq: number): ResumePoint {
  const last = lastEventIdOf(call, call.query.get("last_event_id"));
  if (last !== "") return resumeBehind(/^\d{1,15}$/.test(last) ? Number(last) : null, lastSeq);
  const from = integerOf(call.query, "from", fromSeq);
  return { after: Math.max(0, Math.min(from - 1, lastSeq)) };
}
