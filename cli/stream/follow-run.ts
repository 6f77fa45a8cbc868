import { z } from "zod";
import { parseExact } from "@/lib/core/exact-json";
import { type Backoff, backoffMs, defaultBackoff, pause } from "../connection/backoff";
import { Unreachable } from "../connection/request";
import type { Connection } from "../connection/settings";
import { openStream } from "./open-stream";
import { readEvents } from "./read-events";
import { readSse } from "./read-sse";

export type FollowOptions = {
  readonly runId: string;
  /** First sequence number wanted. */
  readonly from: number;
  readonly signal: AbortSignal;
  readonly backoff?: Backoff;
  readonly onRetry?: (waitMs: number) => void;
};

/** An event as the server wrote it, or the news that the connection was cut and will be opened again. */
export type Followed = FollowedEvent | { readonly kind: "cut" };
export type FollowedEvent = {
  readonly kind: "event";
  readonly seq: number;
  /** The server's own text, and what it parses to. */
  readonly json: string;
  readonly body: unknown;
};

/**
 * A run's events from `from` on, each once and in order, over as many connections as it takes. `seq` has no holes
 * while a run is live, so a jump is re-read before anything behind it is given out.
 */
export async function* followRun(connection: Connection, options: FollowOptions): AsyncGenerator<Followed> {
  let next = options.from;
  for (let attempt = 0; !options.signal.aborted; ) {
    const path = `/api/runs/${encodeURIComponent(options.runId)}/stream?from=${next}`;
    const opened = await openStream(connection, path, { lastSeq: next - 1, signal: options.signal });
    if (opened.stream !== null) {
      for await (const event of oneConnection(connection, options, { stream: opened.stream, next })) {
        next = event.seq + 1;
        attempt = 0;
        yield event;
      }
    }
    if (options.signal.aborted) return;
    yield { kind: "cut" };
    const waitMs = opened.retryAfterMs ?? backoffMs(options.backoff ?? defaultBackoff, attempt);
    attempt += 1;
    options.onRetry?.(waitMs);
    if (!(await pause(waitMs, options.signal))) return;
  }
}

const Numbered = z.looseObject({ seq: z.number().int().positive() });

async function* oneConnection(
  connection: Connection,
  options: FollowOptions,
  start: { stream: ReadableStream<Uint8Array>; next: number },
): AsyncGenerator<FollowedEvent> {
  let next = start.next;
  // Deltas of an old run leave the log before the rest does: once a hole turned out to be real, later ones are believed.
  let holesAreReal = false;
  try {
    for await (const frame of readSse(start.stream, options.signal)) {
      const event = numbered(frame.data);
      if (event === null || event.seq < next) continue;
      if (event.seq > next && !holesAreReal) {
        const missed = await readEvents(connection, { ...options, from: next, until: event.seq - 1 });
        holesAreReal = missed.length < event.seq - next;
        for (const found of missed) yield found;
      }
      next = event.seq + 1;
      yield event;
    }
  } catch (error) {
    if (!(error instanceof Unreachable) && !options.signal.aborted) throw error;
  }
}

function numbered(text: string): FollowedEvent | null {
  try {
    const body: unknown = parseExact(text);
    const parsed = Numbered.safeParse(body);
    return parsed.success ? { kind: "event", seq: parsed.data.seq, json: text, body } : null;
  } catch {
    return null;
  }
}
