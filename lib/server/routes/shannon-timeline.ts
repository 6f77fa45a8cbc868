import { z } from "zod";
import { ShannonTimelineEvent, shannonTimelineEvent, timelineModes } from "@/lib/dialects/shannon";
import { gatherEvents } from "../events/gather-events";
import { json } from "../http/call";
import { pageBounds, pageOf, pageParameters, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { findRun } from "../runs/find-run";

const page = pageBounds({ fallback: 5_000, max: 5_000 });
const bounds = { mostChars: 16 * 1024 * 1024, mostRead: 100_000 };

export const shannonTimelineRoute: Route = {
  method: "GET",
  path: "/api/v1/tasks/:task/timeline",
  scope: "read",
  doc: {
    summary: "Shannon: a task's history, by time; truncated says where it stops",
    query: z.object({
      mode: z.enum(timelineModes).optional().describe("default `summary`: leaves out starts and entries of type EVENT"),
      include_payloads: z.enum(["true", "false"]).optional().describe("true = failures in full"),
      ...pageParameters(page),
    }),
    reply: z.object({
      workflow_id: z.string(),
      events: z.array(ShannonTimelineEvent),
      stats: z.object({ total: z.int().describe("of the events in this reply"), mode: z.enum(timelineModes) }),
      truncated: z
        .object({ after_seq: z.int(), last_seq: z.int(), rest: z.string() })
        .optional()
        .describe("Added by Watchfloor: where this history stops, and the address of the rest"),
    }),
  },
  run: async (call) => {
    const run = await findRun(call.principal.projectId, call.params.task as string, "shannon");
    const mode = wordOf(call.query, "mode", timelineModes) ?? "summary";
    const withPayloads = call.query.get("include_payloads")?.toLowerCase() === "true";
    const { limit, offset } = pageOf(call.query, page);
    const { all, cut } = await gatherEvents(run, {
      ...{ ...bounds, most: limit, from: offset + 1 },
      made: ({ event }) => shannonTimelineEvent(event, { runId: run.externalId, mode, withPayloads }),
      charsOf: (_, { message }) => message.length,
    });
    const events = [...all].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
    const rest = `/api/v1/tasks/${run.id}/timeline?mode=${mode}&include_payloads=${withPayloads}&limit=${limit}&offset=${cut?.afterSeq}`;
    return json(200, {
      workflow_id: run.externalId,
      events,
      stats: { total: events.length, mode },
      ...(cut && { truncated: { after_seq: cut.afterSeq, last_seq: cut.lastSeq, rest } }),
    });
  },
};
