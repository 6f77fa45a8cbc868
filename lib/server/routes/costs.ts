import { z } from "zod";
import { CostReport, TopRuns } from "@/lib/core/api/costs";
import { costGroupings } from "@/lib/core/costs/cost-grouping";
import { costBuckets } from "@/lib/core/costs/cost-span";
import { askedSpan } from "../costs/asked-span";
import { costReport } from "../costs/cost-report";
import { topRuns } from "../costs/top-runs";
import { json } from "../http/call";
import { instantParameter, integerOf, integerParameter, wordOf } from "../http/query";
import type { Route } from "../http/route";

const span = { from: instantParameter("the first minute; default one day before `to`"), to: instantParameter("default now") };
const mostShown = { fallback: 10, min: 1, max: 100 };

const report: Route = {
  method: "GET",
  path: "/api/costs",
  scope: "read",
  doc: {
    summary: "Tokens and cost of a time range, by agent, model, source, session or environment, and over time",
    query: z.object({ ...span, groupBy: z.enum(costGroupings).optional(), bucket: z.enum(costBuckets).optional() }),
    reply: CostReport,
  },
  run: async ({ query, principal }) =>
    json(200, await costReport(principal.projectId, { ...askedSpan(query), groupBy: wordOf(query, "groupBy", costGroupings) ?? "agent" })),
};

const top: Route = {
  method: "GET",
  path: "/api/costs/top-runs",
  scope: "read",
  doc: {
    summary: "The most expensive runs that began in a time range",
    query: z.object({ ...span, limit: integerParameter(mostShown) }),
    reply: TopRuns,
  },
  run: async ({ query, principal }) => {
    const limit = integerOf(query, "limit", mostShown);
    return json(200, { runs: await topRuns(principal.projectId, askedSpan(query), limit) });
  },
};

export const costRoutes: readonly Route[] = [report, top];
