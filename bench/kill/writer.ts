import { setTimeout as pause } from "node:timers/promises";
import { type Answer, HttpConnection, NoAnswer, postBytes } from "../load/http-connection";
import { between, pick, type Random } from "./random";
import type { EventSource, WrittenEvent } from "./run-ledger";

export type Door = { readonly port: number; readonly key: string };

/** One request: events of one run, as a single object or an array. */
export type Sent = { readonly source: EventSource; readonly events: readonly WrittenEvent[]; readonly body: string };

type WriterOptions = {
  readonly door: Door;
  readonly sources: readonly EventSource[];
  /** Most events of a request; 1 = single objects. */
  readonly most: number;
  readonly random: Random;
  readonly signal: AbortSignal;
};

/** What a writer knows at its end. */
export type Written = {
  /** Requests whose answer did not come. */
  readonly unsure: readonly Sent[];
  /** The latest acknowledged requests. */
  readonly lately: readonly Sent[];
};

const remembered = 5;
const retryMs = 40;

/**
 * Sends request after request until the signal, or until its connection breaks; notes each in the ledger before it leaves and again
 * when it is acknowledged. What a server refuses with 503 is sent again where the sender's ids make that safe.
 */
export async function write(options: WriterOptions): Promise<Written> {
  const { door, signal, random } = options;
  const unsure: Sent[] = [];
  const lately: Sent[] = [];
  const connection = await HttpConnection.open(door.port);
  let again: Sent | null = null;
  while (!signal.aborted) {
    const sent: Sent = again ?? compose(pick(random, options.sources), between(random, 1, options.most));
    again = null;
    const outcome = await post(connection, door, sent);
    if (outcome === "acked") {
      acknowledge(sent);
      lately.push(sent);
      if (lately.length > remembered) lately.shift();
    } else {
      unsure.push(sent);
      if (outcome === "broken") break;
      if (sent.source.ledger.dialect === "shannon") again = sent;
      await pause(retryMs);
    }
  }
  connection.close();
  return { unsure, lately };
}

function compose(source: EventSource, count: number): Sent {
  const events = Array.from({ length: count }, () => source.next());
  for (const event of events) source.ledger.sent.add(event.mark);
  const body = count === 1 ? (events[0]?.text ?? "") : `[${events.map((event) => event.text).join(",")}]`;
  return { source, events, body };
}

function acknowledge(sent: Sent): void {
  for (const event of sent.events) sent.source.ledger.acked.add(event.mark);
}

type Reply = { readonly accepted: number; readonly duplicates: number };

async function post(connection: HttpConnection, door: Door, sent: Sent): Promise<"acked" | "refused" | "broken"> {
  let answer: Answer;
  try {
    answer = await connection.request(postBytes(`/api/ingest/${sent.source.ledger.dialect}`, door.key, sent.body));
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    return "broken";
  }
  if (answer.status === 503) return "refused";
  readReply(answer, sent);
  return "acked";
}

/** The answer to a request that must have been taken whole. Throws an UnexpectedAnswer. */
function readReply({ status, body }: Answer, sent: Sent): Reply {
  const text = body.toString("utf8");
  const reply = status < 300 ? (JSON.parse(text) as Reply) : null;
  if (reply === null || reply.accepted + reply.duplicates !== sent.events.length)
    throw new UnexpectedAnswer(`${status}: ${text.slice(0, 300)}`);
  return reply;
}

/** An answer that no fault explains. */
export class UnexpectedAnswer extends Error {}

/** Sends requests once more; answers how many of their events the server did not know. Afterwards all are acknowledged. */
export async function sendAgain(door: Door, requests: readonly Sent[]): Promise<number> {
  const connection = await HttpConnection.open(door.port);
  let unknown = 0;
  for (const sent of requests) {
    const bytes = postBytes(`/api/ingest/${sent.source.ledger.dialect}`, door.key, sent.body);
    const reply = readReply(await connection.request(bytes), sent);
    unknown += reply.accepted;
    acknowledge(sent);
  }
  connection.close();
  return unknown;
}
