import { z } from "zod";
import type { AlertNews } from "@/lib/core/alerts/alert";
import { DomainError } from "../errors";
import { type Call, eventStream } from "../http/call";
import { lastEventIdOf } from "../http/last-event-id";
import { anyPlace, integerOf } from "../http/query";
import type { Route } from "../http/route";
import { batchFormat } from "../live/formats";
import type { Sink } from "../live/sink";
import { heartbeatMs, sseComment, sseFrame } from "../live/sse";
import { findRun } from "../runs/find-run";
import { services } from "../services";
import { isUuid } from "../uuid";

export const maxRuns = 50;

type Wanted = { readonly runId: string; readonly after: number };

/** One connection for all tabs of a browser: the project's feed and the events of the runs open in them. */
export const feedRoute: Route = {
  method: "GET",
  path: "/api/stream",
  scope: "read",
  keyInQuery: true,
  doc: {
    summary: "The project's live feed: one `run` frame per changed run; with ?runs=id:lastSeq,... also `run.events` of those runs",
    query: z.object({
      runs: z.string().optional().describe(`<Watchfloor's run id>:<last seq seen>, separated by commas, at most ${maxRuns}`),
      from: z.int().min(0).optional().describe("feed_seq of the last frame seen; without it, the feed begins now"),
      alerts: z.string().optional().describe("adds `alerts` frames: the state of the alerts, and what happened after this log entry"),
    }),
    headers: ["Last-Event-ID"],
    contentType: "text/event-stream",
  },
  run: (call) => {
    const wanted = wantedRuns(call);
    const after = feedPoint(call);
    const alertsAfter = alertPoint(call);
    return eventStream((sink) => {
      void open(call, { wanted, after, alertsAfter, sink }).catch((error) => {
        services().log.warn({ err: error, requestId: call.requestId }, "feed failed");
        sink.cut();
      });
    });
  },
};

type Reading = {
  readonly wanted: readonly Wanted[];
  readonly after: number | null;
  readonly alertsAfter: number | "new" | null;
  readonly sink: Sink;
};

async function open(call: Call, reading: Reading): Promise<void> {
  const { sink } = reading;
  const leaves: (() => void)[] = [];
  sink.write(Buffer.from(sseComment("watchfloor")));
  const beat = setInterval(() => sink.write(Buffer.from(sseComment("heartbeat"))), heartbeatMs);
  sink.onClose(() => {
    clearInterval(beat);
    for (const leave of leaves) leave();
  });
  // If the client disconnected during setup, leave at once: no second close event comes, even if a later step fails.
  const joined = (leave: () => void) => (sink.closed ? leave() : void leaves.push(leave));
  const greet = ({ head, reset }: { head: number; reset: boolean }) => {
    if (reset) sink.write(Buffer.from(sseFrame({ event: "reset", data: { reason: "unknown cursor" } })));
    sink.write(Buffer.from(sseFrame({ event: "hello", data: { feedSeq: head, now: new Date(services().now()).toISOString() } })));
  };
  // Nothing can be sent while the database does not respond. Ending the stream makes the reader reconnect, get a 503, and stop
  // showing a stalled stream as live.
  joined(services().pulse.onSilent(() => sink.end()));
  joined(await services().hub.followFeed(call.principal.projectId, { after: reading.after, sink, greet }));
  const { alertsAfter } = reading;
  if (alertsAfter !== null) {
    const send = (news: AlertNews) => sink.write(Buffer.from(sseFrame({ event: "alerts", data: news })));
    joined(services().alerts.follow(call.principal.projectId, alertsAfter === "new" ? null : alertsAfter, send));
  }
  for (const run of reading.wanted) joined(await follow(call, run, sink));
}

async function follow(call: Call, wanted: Wanted, sink: Sink): Promise<() => void> {
  const run = await findRun(call.principal.projectId, wanted.runId).catch((error) => {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  });
  const reason = run === null ? "unknown run" : wanted.after > run.lastSeq ? "unknown cursor" : null;
  if (run === null || reason !== null) {
    sink.write(Buffer.from(sseFrame({ event: "reset", data: { runId: wanted.runId, reason } })));
    return () => {};
  }
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect, lastSeq: run.lastSeq };
  return services().hub.followRun(ref, { format: batchFormat(run.id), after: wanted.after, sink });
}

function wantedRuns(call: Call): Wanted[] {
  const parts = call.query
    .getAll("runs")
    .flatMap((text) => text.split(","))
    .filter((part) => part !== "");
  if (parts.length > maxRuns) throw new DomainError("invalid_request", `At most ${maxRuns} runs a stream.`, { path: "?runs=" });
  return parts.map((part) => {
    const [runId = "", after = "0"] = part.split(":");
    if (!isUuid(runId) || !/^\d{1,15}$/.test(after))
      throw new DomainError("invalid_request", "Each run is written <id>:<last seq>.", { path: "?runs=" });
    return { runId, after: Number(after) };
  });
}

/** `?alerts=` subscribes from now on; `?alerts=12` also includes what happened after entry 12. */
function alertPoint(call: Call): number | "new" | null {
  if (call.query.get("alerts") === null) return null;
  return seqOf(call, "alerts") ?? "new";
}

/** A Last-Event-ID from another server counts as a position that this feed never reached. */
function feedPoint(call: Call): number | null {
  const last = lastEventIdOf(call);
  if (last === "") return seqOf(call, "from");
  return /^\d{1,15}$/.test(last) ? Number(last) : Number.MAX_SAFE_INTEGER;
}

function seqOf(call: Call, name: string): number | null {
  if ((call.query.get(name) ?? "") === "") return null;
  return integerOf(call.query, name, anyPlace);
}
