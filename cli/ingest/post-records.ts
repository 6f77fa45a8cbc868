import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Dialect } from "@/lib/core/dialect";
import { type Backoff, backoffMs, defaultBackoff, pause, retryAfterMs } from "../connection/backoff";
import { refusal, request, Unreachable } from "../connection/request";
import type { Connection } from "../connection/settings";
import { CliError } from "../errors";

/** The reply of a door (`POST /api/ingest/{dialect}`). */
export const IngestReply = z.looseObject({
  accepted: z.number().int().nonnegative(),
  duplicates: z.number().int().nonnegative(),
  rejected: z.array(z.looseObject({ index: z.number(), code: z.string(), message: z.string() })),
  /** Beyond the first hundred, refusals are only counted. */
  rejectedTotal: z.number().int().nonnegative().optional(),
  runs: z.array(z.looseObject({ id: z.string(), externalId: z.string(), firstSeq: z.number().nullable(), lastSeq: z.number().nullable() })),
});
export type IngestReply = z.infer<typeof IngestReply>;

export function refusedIn(reply: IngestReply): number {
  return reply.rejectedTotal ?? reply.rejected.length;
}

/** Systems whose streams may name their run only in the first frame: later batches of such a stream belong to that run. */
const namesRunOnce: ReadonlySet<Dialect> = new Set(["powabase", "crewship"]);

/** The run for the next batch: the one that was asked for, else the one that this batch turned out to be of. */
export function runForNext(door: Door, reply: IngestReply, before: string | undefined): string | undefined {
  const only = reply.runs.length === 1 ? reply.runs[0]?.externalId : undefined;
  return door.run ?? (namesRunOnce.has(door.dialect) ? (only ?? before) : undefined);
}

export type Door = {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly source?: string | undefined;
  readonly run?: string | undefined;
};

export type PostOptions = {
  readonly contentType: string;
  readonly signal: AbortSignal;
  readonly backoff?: Backoff;
  /** Told before each wait; answering false gives up. */
  readonly onRetry?: (reason: string, waitMs: number) => boolean;
};

export type Posted =
  | { readonly reply: IngestReply }
  /** refused: this body; shut: every body through this door; given-up: told to stop while trying. */
  | { readonly failure: string; readonly kind: "refused" | "shut" | "given-up" };

/**
 * Posts one body until it is accepted or refused for good. Every try carries the same Idempotency-Key, so that a batch
 * whose answer was lost is not stored twice.
 */
export async function postRecords(door: Door, body: Uint8Array<ArrayBuffer>, options: PostOptions): Promise<Posted> {
  const headers = { "content-type": options.contentType, "idempotency-key": randomUUID() };
  for (let attempt = 0; ; attempt += 1) {
    const tried = await tryOnce(door, body, { headers, signal: options.signal });
    if (!("busy" in tried)) return tried;
    const waitMs = tried.waitMs ?? backoffMs(options.backoff ?? defaultBackoff, attempt);
    if (options.signal.aborted) return { failure: tried.busy, kind: "given-up" };
    if (options.onRetry?.(tried.busy, waitMs) === false) return { failure: tried.busy, kind: "given-up" };
    if (!(await pause(waitMs, options.signal))) return { failure: tried.busy, kind: "given-up" };
  }
}

const shutStatuses: ReadonlySet<number> = new Set([401, 403, 404]);

type Tried = Posted | { readonly busy: string; readonly waitMs?: number | undefined };

async function tryOnce(
  door: Door,
  body: Uint8Array<ArrayBuffer>,
  options: { headers: Record<string, string>; signal: AbortSignal },
): Promise<Tried> {
  try {
    const response = await request(door.connection, doorPath(door), { method: "POST", body, ...options });
    if (response.ok) return accepted(door, await response.text());
    if (response.status >= 500 || response.status === 429 || response.status === 408) {
      await response.body?.cancel();
      return { busy: `${door.connection.url} answered ${response.status}`, waitMs: retryAfterMs(response.headers) };
    }
    return await refused(door, response);
  } catch (error) {
    if (error instanceof Unreachable) return { busy: error.message };
    if (error instanceof CliError) return { failure: error.message, kind: "shut" };
    return { busy: options.signal.aborted ? "interrupted" : "the reply was cut off" };
  }
}

/** What answers in other words is another program: it will not answer otherwise. */
function accepted(door: Door, text: string): Posted {
  const parsed = IngestReply.safeParse(jsonOf(text));
  if (parsed.success) return { reply: parsed.data };
  return { failure: `${door.connection.url} did not reply like a Watchfloor server`, kind: "shut" };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 422 with the door's own reply: every single event was refused. Anything else is a refusal of the request. */
async function refused(door: Door, response: Response): Promise<Posted> {
  const reply = response.status === 422 ? IngestReply.safeParse(jsonOf(await response.clone().text())) : undefined;
  if (reply?.success) return { reply: reply.data };
  const { status, message } = await refusal(door.connection, response);
  return { failure: message, kind: shutStatuses.has(status) ? "shut" : "refused" };
}

function doorPath(door: Door): string {
  const query = new URLSearchParams();
  if (door.run !== undefined) query.set("run", door.run);
  if (door.source !== undefined) query.set("source", door.source);
  return `/api/ingest/${door.dialect}${query.size === 0 ? "" : `?${query}`}`;
}
