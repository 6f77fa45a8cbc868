import { setImmediate as turn } from "node:timers/promises";
import { RunFold } from "@/lib/core/run/fold";
import { chunkEndBefore, chunkEvents, type HeldLists, type RunChunk, widenRun } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { eventPages } from "../events/read";
import { services } from "../services";
import { type ChunkTexts, dropKept, readChunkTexts, readKept } from "./kept-chunks";

/**
 * The fold of the run's log up to `at`, holding the rows since the last whole chunk and those before that can still change, and the
 * chunks before it.
 */
export async function readWindow(run: CachedRun, at: number, events: number): Promise<{ state: RunState } & ChunkTexts> {
  const end = chunkEndBefore(at);
  const after = Math.max(0, end - Math.ceil(events / chunkEvents) * chunkEvents);
  const { kept, texts } = await readWhole(run, end, async () => {
    const { pool } = services();
    const [state, chunks] = await Promise.all([readKept(pool, run, end), readChunkTexts(pool, run, { after, upTo: end })]);
    return state === null || chunks === null ? null : { kept: state, texts: chunks };
  });
  return { state: await foldOn(run, kept, { after: end, upTo: at }), ...texts };
}

/** The chunks between two ends of chunks. */
export function readChunks(run: CachedRun, range: { after: number; upTo: number }): Promise<ChunkTexts> {
  return readWhole(run, range.upTo, () => readChunkTexts(services().pool, run, range));
}

/** Reads what is kept up to a chunk's end. Where something is missing all of it is made anew, from the log. */
async function readWhole<T>(run: CachedRun, upTo: number, read: () => Promise<T | null>): Promise<T> {
  const { pool, runKeeper } = services();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await runKeeper.keep(run, upTo);
    const whole = await read();
    if (whole !== null) return whole;
    await dropKept(pool, run);
  }
  throw new DomainError("unavailable", "What is kept of this run is being made anew.", { retryAfterSeconds: 1 });
}

/** The whole fold of the run's log up to `at`. */
export async function runState(run: CachedRun, at: number): Promise<RunState> {
  const { state, base, chunks } = await readWindow(run, at, at);
  const parsed: RunChunk[] = [];
  for (const text of chunks) {
    parsed.push(JSON.parse(text) as RunChunk);
    // A long run's takes a while, and others are served meanwhile.
    await turn();
  }
  return widenRun(state, JSON.parse(base) as HeldLists, parsed);
}

async function foldOn(run: CachedRun, state: RunState, range: { after: number; upTo: number }): Promise<RunState> {
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  const fold = new RunFold(state);
  for await (const page of eventPages(services().pool, ref, { from: range.after + 1, upTo: range.upTo }))
    fold.take(page.map(({ event }) => event));
  return fold.settle();
}
