import { and, eq } from "drizzle-orm";
import { sourceStreams } from "@/db/schema";
import type { NewStream, SourceStream } from "@/lib/core/api/source";
import type { Dialect } from "@/lib/core/dialect";
import { runIdOf } from "@/lib/dialects/shared/run-id-of";
import { sourceEndpoints } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import { holdLimit } from "../hold-limit";
import { acceptedTarget } from "../outbound/accepted-target";
import { services } from "../services";
import { isUuid, uuidv7 } from "../uuid";
import { sourceRow } from "./find-source";
import { type StreamRow, toStream } from "./source-row";

export const maxStreams = 200;

/** Follows a stream from now on. Throws not_found, invalid_request, and conflict if it is already followed. */
export async function followStream(projectId: string, sourceId: string, wanted: NewStream): Promise<SourceStream> {
  const { db, now } = services();
  const source = await sourceRow(projectId, sourceId);
  const url = await acceptedTarget(wanted.url, "url");
  if (source.address !== null && new URL(source.address).origin !== new URL(url).origin)
    throw new DomainError("invalid_request", "The stream is on another host than the source's address.", {
      path: "url",
      hint: "Create a separate source for it: a token is only sent to one host.",
    });
  const nowMs = now();
  const id = uuidv7(nowMs);
  const run = runOf(source.dialect as Dialect, wanted, url) ?? (namesRunLast(source.dialect as Dialect, wanted, url) ? id : null);
  const stream = { projectId, id, sourceId, url, run, status: "following", createdAtMs: nowMs, nextTryMs: nowMs } as const;
  const [row] = await db.transaction(async (tx) => {
    const limit = { projectId, table: sourceStreams, most: maxStreams };
    await holdLimit(tx, { ...limit, things: "followed streams", hint: "Delete one that has ended." });
    return tx
      .insert(sourceStreams)
      .values({ ...stream, body: wanted.body === undefined ? null : JSON.stringify(wanted.body) })
      .onConflictDoNothing()
      .returning();
  });
  if (!row) throw new DomainError("conflict", "This stream is already followed.", { path: "url" });
  return toStream(row, nowMs);
}

/** The run that frames without an id belong to; null = the stream says so itself. Throws invalid_request if that is not a run id. */
function runOf(dialect: Dialect, { run: given }: NewStream, url: string): string | null {
  const told = given ?? runOfStream(dialect, new URL(url));
  const run = told === null ? null : runIdOf(told);
  if (run === null || typeof run === "string") return run;
  throw new DomainError("invalid_request", run.message, { path: given === undefined ? "url" : "run" });
}

/** Such a stream names its run only at the end, so the run takes the stream's id: otherwise earlier events would belong to no run. */
function namesRunLast(dialect: Dialect, { body }: NewStream, url: string): boolean {
  return body !== undefined && sourceEndpoints[dialect].namesRunLast?.(new URL(url)) === true;
}

/** Throws invalid_request for an address whose path cannot be decoded. */
function runOfStream(dialect: Dialect, url: URL): string | null {
  try {
    return sourceEndpoints[dialect].runOfStream?.(url) ?? null;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new DomainError("invalid_request", "The path of this address is not percent-encoded UTF-8.", {
      path: "url",
      hint: "Set the run in `run`.",
    });
  }
}

/** Throws not_found. */
export async function findStream(projectId: string, sourceId: string, id: string): Promise<StreamRow> {
  const [row] =
    isUuid(sourceId) && isUuid(id)
      ? await services()
          .db.select()
          .from(sourceStreams)
          .where(isStream(projectId, sourceId, id))
      : [];
  if (!row) throw new DomainError("not_found", "This source has no stream with this id.", { path: "stream" });
  return row;
}

/** Pauses a stream, or retries it at once. Throws not_found, and conflict for a stream opened by a POST. */
export async function changeStream(place: StreamPlace, state: "following" | "paused"): Promise<SourceStream> {
  const { projectId, sourceId, id } = place;
  const { db, now } = services();
  const found = await findStream(projectId, sourceId, id);
  if (state === "following" && found.body !== null)
    throw new DomainError("conflict", "Opening this stream again would run the agent a second time.", {
      hint: "Add a new stream instead.",
    });
  const nowMs = now();
  const [row] = await db
    .update(sourceStreams)
    .set({ status: state, ...(state === "following" ? { nextTryMs: nowMs, tries: 0, error: null } : { connectedAtMs: null }) })
    .where(isStream(projectId, sourceId, id))
    .returning();
  return toStream(row ?? found, nowMs);
}

/** Its events stay. Throws not_found. */
export async function forgetStream({ projectId, sourceId, id }: StreamPlace): Promise<void> {
  await findStream(projectId, sourceId, id);
  await services()
    .db.delete(sourceStreams)
    .where(isStream(projectId, sourceId, id));
}

export type StreamPlace = { readonly projectId: string; readonly sourceId: string; readonly id: string };

function isStream(projectId: string, sourceId: string, id: string) {
  return and(eq(sourceStreams.projectId, projectId), eq(sourceStreams.sourceId, sourceId), eq(sourceStreams.id, id));
}
