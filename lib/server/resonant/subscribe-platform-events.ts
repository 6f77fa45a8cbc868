import { isTerminal } from "@/lib/core/run/status";
import { resonantEncoder, resonantEnvelope, resonantNotice } from "@/lib/dialects/resonant";
import { readId } from "@/lib/dialects/shared/read-id";
import { eventStream, type Reply } from "../http/call";
import { type FedEvent, followDialect } from "../live/follow-feed";
import { noteOwn, outgoingOf } from "../live/formats";
import { readFeedHead } from "../live/read-feed";
import { heartbeatMs, sseComment, sseFrame } from "../live/sse";
import { findRunIfAny } from "../runs/find-run";
import { services } from "../services";
import { findPlace } from "./find-place";
import type { PlatformFilter } from "./list-platform-events";

type Subscription = {
  readonly projectId: string;
  readonly filter: Pick<PlatformFilter, "types" | "sessionId" | "agentId">;
  /** "" = the client sent none. */
  readonly lastEventId: string;
};

/**
 * The project's ResonantGenesis events as they are committed. A subscription to one session starts with the session's history and
 * ends with the session; any other starts now. `Last-Event-ID` resumes after that event. A client that already has all of an ended
 * session gets 204, after which an EventSource does not reconnect.
 */
export async function subscribePlatformEvents(subscription: Subscription): Promise<Reply> {
  const { projectId, filter, lastEventId } = subscription;
  const start = await startOf(projectId, filter.sessionId, lastEventId);
  const { skip, session } = start;
  if (session?.isOver && skip?.runId === session.runId && skip.upToSeq >= session.lastSeq) return { kind: "full", status: 204, body: null };
  return eventStream((sink) => {
    sink.write(Buffer.from(sseComment("subscribed")));
    const beat = setInterval(() => sink.write(Buffer.from(sseComment(resonantEncoder.heartbeat))), heartbeatMs);
    sink.onClose(() => clearInterval(beat));
    if (start.unknown) sink.write(resetFrame(lastEventId));
    followDialect({ projectId, dialect: "resonant", after: start.after, sink, write: (event) => frameOf(event, subscription, start) });
  });
}

function resetFrame(lastEventId: string): Buffer {
  const type = "reset";
  const data = resonantNotice({ type, about: { reason: "unknown event id", last_event_id: lastEventId } }, services().now());
  return Buffer.from(sseFrame({ event: type, data }));
}

type Start = {
  readonly after: number;
  readonly skip?: { readonly runId: string; readonly upToSeq: number };
  readonly unknown?: boolean;
  /** The requested session's current state: once it is over, nothing follows its last event. */
  readonly session?: { readonly runId: string; readonly lastSeq: number; readonly isOver: boolean };
};

async function startOf(projectId: string, sessionId: string | undefined, lastEventId: string): Promise<Start> {
  const { pool } = services();
  const session = sessionId === undefined ? {} : await sessionOf(projectId, sessionId);
  const known = lastEventId !== "" ? await findPlace(projectId, lastEventId) : null;
  if (known !== null) {
    const [row] = await pool`
      select feed_seq from feed
      where project_id = ${projectId} and run_id = ${known.runId} and ${known.seq} between first_seq and last_seq limit 1`;
    if (row) return { after: Number(row.feed_seq) - 1, skip: { runId: known.runId, upToSeq: known.seq }, ...session };
  }
  const head = await readFeedHead(pool, projectId);
  if (!sessionId) return { after: head, unknown: lastEventId !== "" };
  const [first] = await pool`
    select min(f.feed_seq) as feed_seq from runs r join feed f on f.project_id = r.project_id and f.run_id = r.id
    where r.project_id = ${projectId} and r.external_id = ${sessionId} and r.dialect = 'resonant'`;
  return { after: first?.feed_seq ? Number(first.feed_seq) - 1 : head, unknown: lastEventId !== "", ...session };
}

async function sessionOf(projectId: string, sessionId: string): Promise<Pick<Start, "session">> {
  const run = await findRunIfAny(projectId, sessionId, "resonant");
  if (run?.source.dialect !== "resonant") return {};
  return { session: { runId: run.id, lastSeq: run.lastSeq, isOver: isTerminal(run.state.lifecycle.status) } };
}

const skipped = { chunk: null, end: false };

function frameOf(fed: FedEvent, { projectId, filter }: Subscription, start: Start): { chunk: Uint8Array | null; end: boolean } {
  if (start.skip && fed.runId === start.skip.runId && fed.event.seq <= start.skip.upToSeq) return skipped;
  if (filter.sessionId !== undefined && fed.externalId !== filter.sessionId) return skipped;
  const run = { projectId, id: fed.runId, externalId: fed.externalId };
  const outgoing = outgoingOf(resonantEncoder, fed, run);
  const end = filter.sessionId !== undefined && endsAt(fed, start.session);
  const wanted =
    (!filter.types || filter.types.matches(resonantEncoder.names(outgoing))) && (!filter.agentId || agentOf(outgoing) === filter.agentId);
  const frame = wanted ? resonantEncoder.frame(outgoing) : null;
  if (frame) noteOwn(fed.event, run);
  return { chunk: frame && Buffer.from(sseFrame(frame, resonantEncoder.lineOrder)), end };
}

/** An end that lies before the session's last known event was not final: the session went on or was restarted. */
function endsAt({ runId, event }: FedEvent, session: Start["session"]): boolean {
  if (session?.runId !== runId || event.seq > session.lastSeq) return resonantEncoder.ends(event);
  return session.isOver && event.seq === session.lastSeq;
}

/** As the list reads it: the id that the event itself names, even if it is a number. */
function agentOf(outgoing: Parameters<typeof resonantEnvelope>[0]): string | undefined {
  return readId(resonantEnvelope(outgoing)?.data, "agent_id");
}
