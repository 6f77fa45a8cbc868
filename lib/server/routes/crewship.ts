import { z } from "zod";
import { typeFilter } from "@/lib/core/events/type-filter";
import { CrewshipRun, crewshipEncoder, crewshipMessageEncoder, crewshipRun, parseCrewshipResume } from "@/lib/dialects/crewship";
import { type Call, json } from "../http/call";
import { integerOf, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { dialectFormat } from "../live/formats";
import { type ResumePoint, resumeBehind } from "../live/resume-point";
import { streamRun } from "../live/stream-run";
import { findRun } from "../runs/find-run";
import { listRunsByOffset } from "../runs/list-runs";
import { listedChars, type RunAnswer, runAnswer, runAnswers } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";

const list: Route = {
  method: "GET",
  path: "/v1/runs",
  scope: "read",
  doc: {
    summary: "Crewship: runs, newest first",
    query: z.object({ limit: z.number().optional(), offset: z.number().optional() }),
    reply: z.object({ runs: z.array(CrewshipRun) }),
  },
  run: async ({ query, principal }) => {
    const page = {
      limit: integerOf(query, "limit", { fallback: 20, min: 1, max: 100 }),
      offset: integerOf(query, "offset", { fallback: 0, min: 0, max: 1_000_000 }),
    };
    const { runs } = await listRunsByOffset(principal.projectId, { dialect: "crewship" }, page);
    const answers = await runAnswers(services().pool, runs, listedChars);
    return json(200, { runs: runs.map((run) => crewshipRun(summaryOf(run), answers.get(run.id) as RunAnswer)) });
  },
};

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
    query: z.object({ types: z.string().optional(), framing: z.enum(["message"]).optional(), last_event_id: z.string().optional() }),
    contentType: "text/event-stream",
  },
  run: async (call) => {
    const run = await runOf(call);
    const framing = wordOf(call.query, "framing", ["message", "event"]);
    const encoder = framing === "message" ? crewshipMessageEncoder : crewshipEncoder;
    return streamRun(run, {
      format: dialectFormat(encoder, { run, filter: typeFilter(call.query), variant: framing }),
      from: resumePoint(call, run.lastSeq),
      unnamed: framing === "message",
      heartbeat: encoder.heartbeat,
      end: { encoder, runId: run.externalId },
    });
  },
};

export const crewshipRoutes: readonly Route[] = [list, one, events];

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string, "crewship");
}

function resumePoint(call: Call, lastSeq: number): ResumePoint {
  const last = call.header("last-event-id") ?? call.query.get("lastEventId") ?? call.query.get("last_event_id") ?? "";
  return last === "" ? { after: 0 } : resumeBehind(parseCrewshipResume(last)?.afterSeq ?? null, lastSeq);
}
