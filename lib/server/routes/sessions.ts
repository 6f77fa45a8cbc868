import { z } from "zod";
import { SessionList, SessionReport } from "@/lib/core/api/session";
import { DomainError } from "../errors";
import { json } from "../http/call";
import { cursorParameter, integerOf, integerParameter, textOf } from "../http/query";
import type { Route } from "../http/route";
import { listSessions } from "../sessions/list-sessions";
import { sessionReport } from "../sessions/session-report";
import { isUuid } from "../uuid";

const pageLimit = { fallback: 50, min: 1, max: 200 };

const list: Route = {
  method: "GET",
  path: "/api/sessions",
  scope: "read",
  doc: {
    summary: "Sessions, the one with the newest run first",
    query: z.object({ limit: integerParameter(pageLimit), cursor: cursorParameter }),
    reply: SessionList,
  },
  run: async ({ query, principal }) => {
    const cursor = textOf(query, "cursor");
    if (cursor !== undefined && !isUuid(cursor))
      throw new DomainError("invalid_request", "This cursor is not valid.", { path: "?cursor=" });
    const limit = integerOf(query, "limit", pageLimit);
    return json(200, await listSessions(principal.projectId, { limit, before: cursor }));
  },
};

const one: Route = {
  method: "GET",
  path: "/api/sessions/:session",
  scope: "read",
  doc: { summary: "A session with its runs in order and their totals", reply: SessionReport },
  run: async ({ params, principal }) => json(200, await sessionReport(principal.projectId, params.session as string)),
};

export const sessionRoutes: readonly Route[] = [list, one];
