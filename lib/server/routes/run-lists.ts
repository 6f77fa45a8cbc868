import { z } from "zod";
import { RunList, RunSummary } from "@/lib/core/api/run";
import { RunCounts } from "@/lib/core/api/run-counts";
import { dialects } from "@/lib/core/dialect";
import { runSorts } from "@/lib/core/run-query/run-sort";
import { DomainError } from "../errors";
import { type Call, json } from "../http/call";
import { cursorParameter as cursor, integerOf, integerParameter, textOf, wordOf } from "../http/query";
import type { Route } from "../http/route";
import { countRuns } from "../runs/count-runs";
import { exportFormats, exportRuns } from "../runs/export-runs";
import { listRuns } from "../runs/list-runs";
import { runFilterOf } from "../runs/run-filter";
import { services } from "../services";
import { isUuid } from "../uuid";

const filterQuery = {
  status: z.string().optional().describe("one or more, separated by commas; running leaves out stalled runs"),
  dialect: z.enum(dialects).optional(),
  source: z.string().optional().describe("name of the source"),
  environment: z.string().optional().describe("of the source"),
  agent: z.string().optional(),
  model: z.string().optional(),
  session: z.string().optional(),
  cost: z.string().optional().describe("dollars, reported and estimated: >0.5"),
  tokens: z.string().optional().describe(">10k"),
  duration: z.string().optional().describe(">60s; for open runs, up to now"),
  since: z.string().optional().describe("first heard from since: 24h, 7d or a date, UTC"),
  q: z.string().optional().describe("part of the name, or the start of an id: at least 3 characters of the sender's, 8 of Watchfloor's"),
};

const sort = z.enum(runSorts).optional().describe("largest first, counting open runs up to now; without it, newest first");

/** As many as fit into a URL. */
export const mostIds = 200;
const pageLimit = { fallback: 50, min: 1, max: 200 };

const list: Route = {
  method: "GET",
  path: "/api/runs",
  scope: "read",
  doc: {
    summary: "Runs, newest first or by a figure",
    query: z.object({ ...filterQuery, sort, limit: integerParameter(pageLimit), cursor }),
    reply: RunList,
  },
  run: async (call) => {
    const page = { limit: integerOf(call.query, "limit", pageLimit), cursor: textOf(call.query, "cursor") };
    return json(200, await listRuns(call.principal.projectId, filterOf(call), page));
  },
};

const counts: Route = {
  method: "GET",
  path: "/api/runs/counts",
  scope: "read",
  doc: { summary: "How many runs are running, waiting, stalled and recently failed, and what was spent today", reply: RunCounts },
  run: async ({ principal }) => json(200, await countRuns(principal.projectId), { "cache-control": "no-store" }),
};

const exported: Route = {
  method: "GET",
  path: "/api/runs/export",
  scope: "read",
  doc: {
    summary: "Every run that matches a filter, as a file",
    query: z.object({
      ...filterQuery,
      ids: z.string().optional().describe(`only these runs: Watchfloor's ids, separated by commas, at most ${mostIds}`),
      format: z.enum(exportFormats).optional().describe("default `csv`"),
    }),
    reply: z.array(RunSummary).describe("with format=json"),
    contentType: "text/csv",
  },
  run: (call) => {
    const format = wordOf(call.query, "format", exportFormats) ?? "csv";
    const asked = { projectId: call.principal.projectId, filter: { ...filterOf(call), ids: idsOf(call) } };
    const day = new Date(services().now()).toISOString().slice(0, 10);
    return {
      kind: "stream",
      status: 200,
      headers: {
        "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="runs-${day}.${format}"`,
        "cache-control": "no-store",
      },
      start: (sink) => void exportRuns(sink, format, asked),
    };
  },
};

export const runListRoutes: readonly Route[] = [list, counts, exported];

function idsOf({ query }: Call): readonly string[] | undefined {
  const ids = query.get("ids")?.split(",");
  if (ids && (ids.length > mostIds || !ids.every(isUuid)))
    throw new DomainError("invalid_request", `"ids" must be at most ${mostIds} ids of runs, separated by commas.`, { path: "?ids=" });
  return ids;
}

function filterOf(call: Call) {
  return runFilterOf(call.query, services().now());
}
