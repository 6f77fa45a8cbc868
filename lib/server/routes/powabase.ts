import { z } from "zod";
import { PowabaseOrchestrationRun, PowabaseRun, powabaseEncoder, powabaseOrchestrationRun, powabaseRun } from "@/lib/dialects/powabase";
import { noteRead } from "../approvals/note-receipt";
import type { CachedRun } from "../events/append/run-cache";
import { gatherEvents } from "../events/gather-events";
import { type Call, json } from "../http/call";
import { typesOf, typesParameter } from "../http/query";
import type { Route } from "../http/route";
import { dialectFormat, outgoingOf } from "../live/formats";
import { streamRun } from "../live/stream-run";
import { findRun } from "../runs/find-run";
import { runAnswer } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";

/** How many events, and how much of their text, one run's reply may list; a reply that was cut says where. */
const most = 5_000;
const bounds = { from: 1, most, mostRead: most, mostChars: 16 * 1024 * 1024 };

const one: Route = {
  method: "GET",
  path: "/api/agents/runs/:run",
  scope: "read",
  doc: { summary: "Powabase: an agent run with its events; truncated says where the list stops", reply: PowabaseRun },
  run: async (call) => {
    const run = await runOf(call);
    return json(200, powabaseRun(await partsOf(call, run)));
  },
};

const orchestration: Route = {
  method: "GET",
  path: "/api/orchestrations/runs/:run",
  scope: "read",
  doc: {
    summary: "Powabase: an orchestration run with its events and child runs; truncated says where the list stops",
    reply: PowabaseOrchestrationRun,
  },
  run: async (call) => {
    const run = await runOf(call);
    return json(200, powabaseOrchestrationRun({ ...(await partsOf(call, run)), model: run.state.usage.runModel }));
  },
};

const stream: Route = {
  method: "GET",
  path: "/api/agents/runs/:run/stream",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "A run in Powabase's stream framing, live",
    query: z.object({ types: typesParameter() }),
    contentType: "text/event-stream",
  },
  run: async (call) => {
    const run = await runOf(call);
    return streamRun(run, {
      format: dialectFormat(powabaseEncoder, { run, filter: typesOf(call.query) }),
      from: { after: 0 },
      heartbeat: powabaseEncoder.heartbeat,
      heartbeatMs: 30_000,
      end: { encoder: powabaseEncoder, runId: run.externalId },
    });
  },
};

export const powabaseRoutes: readonly Route[] = [one, orchestration, stream];

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string, "powabase");
}

async function partsOf({ principal }: Call, run: CachedRun) {
  const { all: outgoing, cut } = await gatherEvents(run, {
    ...bounds,
    made: (item) => outgoingOf(powabaseEncoder, item, run),
    charsOf: ({ rawText }) => rawText.length,
  });
  noteRead(principal, run, outgoing);
  const { query, output } = await runAnswer(services().pool, run);
  const rest = cut && { cut: { ...cut, rest: `/api/runs/${run.id}/events?from=${cut.afterSeq + 1}&raw=1` } };
  return { run: summaryOf(run), outgoing, answer: output, query, ...rest };
}
