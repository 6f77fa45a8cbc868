import { z } from "zod";
import { typeFilter } from "@/lib/core/events/type-filter";
import type { Outgoing } from "@/lib/dialects/contract";
import { PowabaseRun, powabaseEncoder, powabaseRun } from "@/lib/dialects/powabase";
import { listEvents } from "../events/list-events";
import { noting } from "../events/list-json";
import { type Call, json } from "../http/call";
import type { Route } from "../http/route";
import { dialectFormat, outgoingOf } from "../live/formats";
import { streamRun } from "../live/stream-run";
import { findRun } from "../runs/find-run";
import { runAnswer } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";

/** As many events, and as much of their text, as the answer of one run may list; it says where it was cut. */
const maxEvents = 5_000;
const maxChars = 16 * 1024 * 1024;

const one: Route = {
  method: "GET",
  path: "/api/agents/runs/:run",
  scope: "read",
  doc: { summary: "Powabase: an agent run with its events; truncated says from where on they are not listed", reply: PowabaseRun },
  run: async (call) => {
    const run = await runOf(call);
    const pages = listEvents(run, { from: 1, limit: maxEvents, filter: null, names: () => [] });
    const outgoing: Outgoing[] = [];
    let chars = 0;
    let afterSeq = 0;
    for await (const page of noting(call, run, pages)) {
      for (const item of page) outgoing.push(outgoingOf(powabaseEncoder, item, run));
      chars += page.reduce((sum, { rawText }) => sum + rawText.length, 0);
      afterSeq = page.at(-1)?.event.seq ?? afterSeq;
      if (chars > maxChars) break;
    }
    const { query, output } = await runAnswer(services().pool, run);
    const isCut = afterSeq < run.lastSeq && (outgoing.length === maxEvents || chars > maxChars);
    const rest = `/api/runs/${run.id}/events?from=${afterSeq + 1}&raw=1`;
    const cut = isCut ? { cut: { afterSeq, lastSeq: run.lastSeq, rest } } : {};
    return json(200, powabaseRun({ run: summaryOf(run), outgoing, answer: output, query, ...cut }));
  },
};

const stream: Route = {
  method: "GET",
  path: "/api/agents/runs/:run/stream",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "A run in Powabase's stream framing, live",
    query: z.object({ types: z.string().optional() }),
    contentType: "text/event-stream",
  },
  run: async (call) => {
    const run = await runOf(call);
    return streamRun(run, {
      format: dialectFormat(powabaseEncoder, { run, filter: typeFilter(call.query) }),
      from: { after: 0 },
      heartbeat: powabaseEncoder.heartbeat,
      heartbeatMs: 30_000,
      end: { encoder: powabaseEncoder, runId: run.externalId },
    });
  },
};

export const powabaseRoutes: readonly Route[] = [one, stream];

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string, "powabase");
}
