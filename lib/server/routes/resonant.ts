import { z } from "zod";
import { stringifyExact } from "@/lib/core/exact-json";
import { DomainError } from "../errors";
import { atBases } from "../http/at-bases";
import { json } from "../http/call";
import { jsonInPieces } from "../http/in-pieces";
import { lastEventIdOf } from "../http/last-event-id";
import { instantOf, instantParameter, pageOf, pageParameters, textOf, typesOf } from "../http/query";
import type { Route } from "../http/route";
import { findPlatformEvent, listPlatformEvents } from "../resonant/list-platform-events";
import { subscribePlatformEvents } from "../resonant/subscribe-platform-events";

const filterParameters = ["types", "events"];
const types = {
  types: z
    .string()
    .optional()
    .describe("separated by commas, or types[]= or types[0]=, types[1]= ...; agent.* matches every type of that kind"),
  events: z.string().optional().describe("same as types"),
};
const Envelope = z.object({
  id: z.string(),
  type: z.string(),
  created_at: z.string(),
  data: z.looseObject({}),
  metadata: z.looseObject({}),
});
const Pagination = z.object({ total: z.int(), limit: z.int(), offset: z.int(), has_more: z.boolean() });

const list: Route = {
  method: "GET",
  path: "/events",
  scope: "read",
  doc: {
    summary: "ResonantGenesis: events, oldest first",
    query: z.object({
      since: instantParameter("the earliest time"),
      until: instantParameter("the latest time, inclusive"),
      ...types,
      agent_id: z.string().optional(),
      session_id: z.string().optional(),
      ...pageParameters(),
    }),
    reply: z.object({ data: z.array(Envelope), pagination: Pagination }),
    refusals: ["too_large"],
  },
  run: async ({ query, principal }) => {
    const { limit, offset } = pageOf(query);
    const filter = {
      sinceMs: instantOf(query, "since"),
      untilMs: instantOf(query, "until"),
      types: typesOf(query, filterParameters),
      agentId: textOf(query, "agent_id"),
      sessionId: textOf(query, "session_id"),
    };
    const { events, total } = await listPlatformEvents(principal, filter, { limit, offset });
    return jsonInPieces(pageJson(events, { total, limit, offset, has_more: offset + limit < total }));
  },
};

const one: Route = {
  method: "GET",
  path: "/events/:event",
  scope: "read",
  doc: { summary: "ResonantGenesis: one event", reply: Envelope },
  run: async (call) => {
    const event = await findPlatformEvent(call.principal.projectId, call.params.event as string);
    if (!event) throw new DomainError("not_found", "There is no event with this id in this project.", { path: "event" });
    return json(200, event);
  },
};

const subscribe: Route = {
  method: "GET",
  path: "/events/subscribe",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "ResonantGenesis: events as they happen",
    query: z.object({
      ...types,
      session_id: z.string().optional(),
      agent_id: z.string().optional(),
      last_event_id: z.string().optional().describe("for clients that cannot send the Last-Event-ID header"),
    }),
    headers: ["Last-Event-ID"],
    contentType: "text/event-stream",
    status: [200, 204],
  },
  run: async (call) => {
    const filter = {
      types: typesOf(call.query, filterParameters),
      sessionId: textOf(call.query, "session_id"),
      agentId: textOf(call.query, "agent_id"),
    };
    const lastEventId = lastEventIdOf(call, textOf(call.query, "last_event_id"));
    return subscribePlatformEvents({ projectId: call.principal.projectId, filter, lastEventId });
  },
};

export const resonantRoutes = atBases(["/api/v1", "/v1"], [list, one, subscribe]);

async function* pageJson(events: AsyncIterable<unknown>, pagination: object): AsyncGenerator<string> {
  yield '{"data":[';
  let isFirst = true;
  for await (const event of events) {
    yield `${isFirst ? "" : ","}${stringifyExact(event)}`;
    isFirst = false;
  }
  yield `],"pagination":${JSON.stringify(pagination)}}`;
}
