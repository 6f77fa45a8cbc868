import { z } from "zod";
import { stringifyExact } from "@/lib/core/exact-json";
import { ShannonTurn, shannonEncoder, shannonTurn, shannonTurnEvent, shannonTurnMetadata } from "@/lib/dialects/shannon";
import { DomainError } from "../errors";
import type { StoredEvent } from "../events/append/plan";
import type { CachedRun } from "../events/append/run-cache";
import { countWholeEvents, isPiece } from "../events/count-whole-events";
import { listEvents } from "../events/list-events";
import { listJson, noting } from "../events/list-json";
import type { Call } from "../http/call";
import { jsonInPieces } from "../http/in-pieces";
import { pageOf, pageParameters } from "../http/query";
import type { Route } from "../http/route";
import { outgoingOf } from "../live/formats";
import { runAnswer } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";
import { sessionCalled, sessionPage, tasksOf } from "./shannon-sessions";

/** Shannon's own limit of events per reply. */
const mostEvents = 5_000;
/** Counts output deltas of all turns too: they are read only to be skipped. */
const mostRead = 100_000;
const turns = sessionPage({ fallback: 10, max: 100 });

export const shannonSessionEventsRoute: Route = {
  method: "GET",
  path: "/api/v1/sessions/:session/events",
  scope: "read",
  doc: {
    summary: "Shannon: a session's events, turn by turn",
    query: z.object({
      ...pageParameters(turns),
      include_payload: z.enum(["true", "false"]).optional(),
    }),
    reply: z.object({ session_id: z.string(), count: z.int().describe("of all turns in the session"), turns: z.array(ShannonTurn) }),
    refusals: ["too_large"],
  },
  run: async (call) => {
    const { session_id } = await sessionCalled(call);
    const page = pageOf(call.query, turns);
    const { runs, total } = await tasksOf(call, session_id, page);
    await refuseTooMany(runs);
    return jsonInPieces(turnsJson(call, { session_id, count: total }, { runs, first: page.offset + 1 }));
  },
};

async function refuseTooMany(runs: readonly CachedRun[]): Promise<void> {
  const all = runs.reduce((sum, run) => sum + run.lastSeq, 0);
  if (all <= mostEvents) return;
  if ((runs.length === 1 || all <= mostRead) && (await countWholeEvents(services().pool, runs, mostEvents + 1)) <= mostEvents) return;
  throw new DomainError("too_large", "Session has too many events. Please use pagination with smaller turn limits.", { path: "?limit=" });
}

async function* turnsJson(
  call: Call,
  head: { readonly session_id: string; readonly count: number },
  { runs, first }: { readonly runs: readonly CachedRun[]; readonly first: number },
): AsyncGenerator<string> {
  yield `${opened(head)},"turns":[`;
  for (const [at, run] of runs.entries()) {
    if (at > 0) yield ",";
    yield* turnJson(call, run, first + at);
  }
  yield "]}";
}

async function* turnJson(call: Call, run: CachedRun, turn: number): AsyncGenerator<string> {
  const withPayload = call.query.get("include_payload")?.toLowerCase() === "true";
  const { query, output } = await runAnswer(services().pool, run);
  const summary = summaryOf(run);
  const agents = new Set<string>();
  const written = (item: StoredEvent) => {
    // Not even parsed: most events of a long task are output deltas.
    if (isPiece(item.event)) return null;
    const event = shannonTurnEvent(outgoingOf(shannonEncoder, item, run), withPayload);
    if (typeof event?.agent_id === "string") agents.add(event.agent_id);
    return event;
  };
  yield* listJson({
    before: `${opened(shannonTurn(summary, { turn, query, answer: output }))},"events":[`,
    after: () => `],"metadata":${stringifyExact(shannonTurnMetadata(summary, agents, services().now()))}}`,
    pages: noting(call, run, listEvents(run, { from: 1, limit: run.lastSeq, matches: null })),
    written,
  });
}

/** An object as JSON without its closing brace. */
function opened(value: object): string {
  return stringifyExact(value).slice(0, -1);
}
