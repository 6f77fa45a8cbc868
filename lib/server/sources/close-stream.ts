import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { sourceStreams } from "@/db/schema";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";

/** The stream through which we run an agent ourselves: the agent stops when nobody reads it. */
function runsAgent(run: CachedRun) {
  return and(
    eq(sourceStreams.projectId, run.projectId),
    eq(sourceStreams.sourceId, run.source.id),
    eq(sourceStreams.run, run.externalId),
    isNotNull(sourceStreams.body),
  );
}

/** Whether closing one of our streams would stop this run. */
export async function holdsRun(run: CachedRun): Promise<boolean> {
  const [stream] = await services()
    .db.select({ id: sourceStreams.id })
    .from(sourceStreams)
    .where(and(runsAgent(run), eq(sourceStreams.status, "following")))
    .limit(1);
  return stream !== undefined;
}

/** Releases the stream that runs this agent; its process closes the connection within two seconds. Returns whether there was one. */
export async function closeRunStream(run: CachedRun): Promise<boolean> {
  const closed = await services()
    .db.update(sourceStreams)
    .set({ status: "ended" })
    .where(and(runsAgent(run), inArray(sourceStreams.status, ["following", "ended"])))
    .returning({ id: sourceStreams.id });
  return closed.length > 0;
}
