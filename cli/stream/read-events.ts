import { z } from "zod";
import { stringifyExact } from "@/lib/core/exact-json";
import type { Backoff } from "../connection/backoff";
import { readJson } from "../connection/request";
import type { Connection } from "../connection/settings";
import type { FollowedEvent } from "./follow-run";

const Page = z.object({ events: z.array(z.looseObject({ seq: z.number().int().positive() })), lastSeq: z.number().int().nonnegative() });
const pageSize = 1_000;

export type ReadEventsOptions = {
  readonly runId: string;
  readonly from: number;
  /** Last sequence number wanted, inclusive. */
  readonly until: number;
  readonly signal: AbortSignal;
  readonly backoff?: Backoff;
};

/** The stored events from..until, page by page. Shorter than the range where old deltas have left the log. */
export async function* pageEvents(connection: Connection, options: ReadEventsOptions): AsyncGenerator<FollowedEvent> {
  for (let from = options.from; from <= options.until; ) {
    const limit = Math.min(pageSize, options.until - from + 1);
    const path = `/api/runs/${encodeURIComponent(options.runId)}/events?from=${from}&limit=${limit}`;
    const page = await readJson(connection, path, { ...options, schema: Page });
    const events = page.events.filter((event) => event.seq >= from && event.seq <= options.until);
    for (const event of events) yield { kind: "event", seq: event.seq, json: stringifyExact(event), body: event };
    const last = events.at(-1);
    if (last === undefined) return;
    from = last.seq + 1;
  }
}

/** As `pageEvents`, collected: for short ranges. */
export async function readEvents(connection: Connection, options: ReadEventsOptions): Promise<readonly FollowedEvent[]> {
  const events: FollowedEvent[] = [];
  for await (const event of pageEvents(connection, options)) events.push(event);
  return events;
}
