import { z } from "zod";
import { typeFilter } from "@/lib/core/events/type-filter";
import { crewshipEncoder, crewshipMessageEncoder, crewshipRun, parseCrewshipResume } from "@/lib/dialects/crewship";
import { type Call, json } from "../http/call";
import { integerOf, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { dialectFormat } from "../live/formats";
import { streamRun } from "../live/stream-run";
import { findRun } from "../runs/find-run";
import { listRunsByOffset } from "../runs/list-runs";
import { runAnswer } from "../runs/run-answer";
import { summaryOf } from "../runs/summary-of";

const list: Route = {
  method: "GET",
  path: "/v1/runs",
  scope: "read",
  doc: { summary: "Crewship: runs, newest first", query: z.object({ limit: z.number().optional(), offset: z.number().optional() }) },
  run: async ({ query, principal }) => {
    const page = {
      limit: integerOf(query, "limit", { fallback: 20, min: 1, max: 100 }),
      offset: integerOf(query, "offset", { fallback: 0, min: 0, max: 1_000_000 }),
    };
    const { runs } = await listRunsByOffset(principal.projectId, { dialect: "crewship" }, page);
    return json(200, { runs: runs.map((run) => crewshipRun(summaryOf(run), runAnswer(run))) });
  },
};

const one: Route = {
  method: "GET",
  path: "/v1/runs/:run",
  scope: "read",
  doc: { summary: "Crewship: a run" },
  run: async (call) => {
    const run = await runOf(call);
    return json(200, crewshipRun(summaryOf(run), runAnswer(run)));
  },
};

const events: Route = {
  method: "GET",
  path: "/v1/runs/:run/events",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "Crewship: a run's events, live",
    query: z.object({ types: z.string().optional(), framing: z.enum(["message"]).optional(), last_event_id: z.string().optional() }),
    contentType: "text/event-stream",
  },
  run: async (call) => {
    const run = await runOf(call);
    const framing = wordOf(call.query, "framing", ["message", "event"]);
    const encoder = framing === "message" ? crewshipMessageEncoder : crewshipEncoder;
    return streamRun(run, {
      format: dialectFormat(encoder, { run, filter: typeFilter(call.query), variant: framing }),
      after: resumePoint(call, run.lastSeq),
      heartbeat: encoder.heartbeat,
      end: { encoder, runId: run.externalId },
    });
  },
};

export const crewshipRoutes: readonly Route[] = [list, one, events];

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string, "crewship");
}

// An id that is none of ours, or ahead of the log, starts over: nothing may be skipped silently.
function resumePoint(call: Call, lastSeq: number): number {
  const last = call.header("last-event-id") ?? call.query.get("lastEventId") ?? call.query.get("last_event_id") ?? "";
  const point = last === "" ? null : parseCrewshipResume(last);
  return point && point.afterSeq <= lastSeq ? point.afterSeq : 0;
}
