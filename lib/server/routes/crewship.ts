import { z } from "zod";
import {
  CrewshipRun,
  crewshipEncoder,
  crewshipMessageEncoder,
  crewshipRun,
  crewshipStatusWords,
  parseCrewshipResume,
  parseCrewshipRunStatus,
} from "@/lib/dialects/crewship";
import { type Call, json } from "../http/call";
import { lastEventIdOf } from "../http/last-event-id";
import { integerOf, integerParameter, typesOf, typesParameter, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { dialectFormat } from "../live/formats";
import { type ResumePoint, resumeBehind } from "../live/resume-point";
import { streamRun } from "../live/stream-run";
import { askedStatuses } from "../runs/asked-statuses";
import { findRun } from "../runs/find-run";
import { listRunsByOffset } from "../runs/list-runs";
import { listedChars, type RunAnswer, runAnswer, runAnswers } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";

const Pagination = z.object({ total: z.int(), page: z.int(), per_page: z.int(), has_more: z.boolean() });

const pageNumber = { fallback: 1, min: 1, max: 1_000_000 };
const pageLimit = { fallback: 20, min: 1, max: 100 };
const mostOffset = 100_000_000;

const list: Route = {
  method: "GET",
  path: "/v1/runs",
  scope: "read",
  doc: {
    summary: "Crewship: runs, newest first",
    query: z.object({
      page: integerParameter(pageNumber),
      per_page: integerParameter(pageLimit),
      limit: integerParameter(pageLimit, "same as per_page"),
      offset: z.int().min(0).max(mostOffset).optional().describe("instead of page"),
      status: z.enum(crewshipStatusWords).optional(),
    }),
    reply: z.object({ runs: z.array(CrewshipRun), pagination: Pagination }),
  },
  run: async ({ query, principal }) => {
    const page = pageOf(query);
    const status = askedStatuses(query, { words: crewshipStatusWords, parse: parseCrewshipRunStatus });
    const { runs, total } = await listRunsByOffset(principal.projectId, { dialect: "crewship", status }, page);
    const answers = await runAnswers(services().pool, runs, listedChars);
    return json(200, {
      runs: runs.map((run) => crewshipRun(summaryOf(run), answers.get(run.id) as RunAnswer)),
      pagination: {
        total,
        page: Math.floor(page.offset / page.limit) + 1,
        per_page: page.limit,
        has_more: page.offset + runs.length < total && runs.length > 0,
      },
    });
  },
};

const framings = ["message", "event"] as const;

const one: Route = {
  method: "GET",
  path: "/v1/runs/:run",
  scope: "read",
  doc: { summary: "Crewship: a run", reply: CrewshipRun },
  run: async (call) => {
    const run = await runOf(call);
    return json(200, crewshipRun(summaryOf(run), await runAnswer(services().pool, run)));
  },
};

const events: Route = {
  method: "GET",
  path: "/v1/runs/:run/events",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "Crewship: a run's events, live",
    query: z.object({
      types: typesParameter(),
      framing: z.enum(framings).optional().describe("message: frames without a name, with the type in their data"),
      last_event_id: z.string().optional().describe("for clients that cannot send the Last-Event-ID header; lastEventId is the same"),
    }),
    headers: ["Last-Event-ID"],
    contentType: "text/event-stream",
    status: [200, 204],
  },
  run: async (call) => {
    const run = await runOf(call);
    const framing = wordOf(call.query, "framing", framings);
    const encoder = framing === "message" ? crewshipMessageEncoder : crewshipEncoder;
    return streamRun(run, {
      format: dialectFormat(encoder, { run, filter: typesOf(call.query), variant: framing }),
      from: resumePoint(call, run.lastSeq),
      unnamed: framing === "message",
      heartbeat: encoder.heartbeat,
      end: { encoder, runId: run.externalId },
    });
  },
};

export const crewshipRoutes: readonly Route[] = [list, one, events];

/** The pages of Crewship's documentation disagree, so both ways of paging are accepted. */
function pageOf(query: URLSearchParams): { limit: number; offset: number } {
  const limit = integerOf(query, query.has("per_page") ? "per_page" : "limit", pageLimit);
  const page = integerOf(query, "page", pageNumber);
  return { limit, offset: integerOf(query, "offset", { fallback: (page - 1) * limit, min: 0, max: mostOffset }) };
}

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string, "crewship");
}

function resumePoint(call: Call, lastSeq: number): ResumePoint {
  const last = lastEventIdOf(call, call.query.get("lastEventId"), call.query.get("last_event_id"));
  return last === "" ? { after: 0 } : resumeBehind(parseCrewshipResume(last)?.afterSeq ?? null, lastSeq);
}
