import { RunFold } from "@/lib/core/run/fold";
import { chunkEndBefore, chunkEvents, joinRun, splitRun } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import type { Span } from "@/lib/core/run/timeline-state";
import type { TranscriptEntry } from "@/lib/core/run/transcript-state";
import { WholeList } from "@/lib/core/run/whole-list";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { eventPages } from "../events/read";
import { services } from "../services";
import { type ChunkTexts, dropKept, isKeptWhole, readAdded, readChanges, readChunkTexts, readKept } from "./kept-chunks";

/**
 * The fold of the run's log up to `at` with the rows since the last complete chunk and the earlier rows that can still change, plus
 * the chunks before it.
 */
export async function readWindow(run: CachedRun, at: number, events: number): Promise<{ state: RunState } & ChunkTexts> {
  const end = chunkEndBefore(at);
  const after = Math.max(0, end - Math.ceil(events / chunkEvents) * chunkEvents);
  const { kept, texts } = await readKeptUpTo(run, end, async () => {
    const { pool } = services();
    const [state, chunks] = await Promise.all([readKept(pool, run, end), readChunkTexts(pool, run, { after, upTo: end })]);
    return state === null || chunks === null ? null : { kept: state, texts: chunks };
  });
  return { state: await foldOn(run, kept, { after: end, upTo: at }), ...texts };
}

/** The chunks between two chunk ends. */
export function readChunks(run: CachedRun, range: { after: number; upTo: number }): Promise<ChunkTexts> {
  return readKeptUpTo(run, range.upTo, () => readChunkTexts(services().pool, run, range));
}

/** Reads what is stored up to a chunk end. If anything is missing, everything is rebuilt from the log. */
async function readKeptUpTo<T>(run: CachedRun, upTo: number, read: () => Promise<T | null>): Promise<T> {
  const { pool, runKeeper } = services();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await runKeeper.keep(run, upTo);
    const whole = await read();
    if (whole !== null) return whole;
    await dropKept(pool, run);
  }
  throw new DomainError("unavailable", "The stored state of this run is being rebuilt.", { retryAfterSeconds: 1 });
}

/** A run's state as of `at` without the two lists that grow with the log, plus these lists in full, batch by batch. */
export type WholeRun = {
  readonly rest: RunState;
  readonly spans: AsyncIterable<readonly Span[]>;
  readonly entries: AsyncIterable<readonly TranscriptEntry[]>;
};

/**
 * The whole fold of the run's log up to `at`, with at most a few chunks in memory: its lists are read as fast as they are consumed,
 * once each.
 */
export async function readWhole(run: CachedRun, at: number): Promise<WholeRun> {
  const { pool } = services();
  const upTo = chunkEndBefore(at);
  const kept = await readKeptUpTo(run, upTo, async () => ((await isKeptWhole(pool, run, upTo)) ? readKept(pool, run, upTo) : null));
  const { rest, held } = splitRun(await foldOn(run, kept, { after: upTo, upTo: at }));
  const spans = new WholeList(held.spans);
  const entries = new WholeList(held.entries);
  for await (const changes of readChanges(pool, run, upTo)) {
    spans.note(changes.spans.changed);
    entries.note(changes.entries.changed);
  }
  async function* rowsOf<T>(list: WholeList<T>, name: "spans" | "entries"): AsyncGenerator<readonly T[]> {
    for await (const chunk of readAdded<T>(pool, run, upTo, name)) yield list.rowsOf(chunk);
    yield list.rest();
  }
  return { rest, spans: rowsOf(spans, "spans"), entries: rowsOf(entries, "entries") };
}

/** The same in one piece, for a run known to be short. */
export async function runState(run: CachedRun, at: number): Promise<RunState> {
  const { rest, spans, entries } = await readWhole(run, at);
  return joinRun(rest, { spans: { rows: await gathered(spans) }, entries: { rows: await gathered(entries) } });
}

async function gathered<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const page of pages) for (const row of page) rows.push(row);
  return rows;
}

async function foldOn(run: CachedRun, state: RunState, range: { after: number; upTo: number }): Promise<RunState> {
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  const fold = new RunFold(state);
  for await (const page of eventPages(services().pool, ref, { from: range.after + 1, upTo: range.upTo }))
    fold.take(page.map(({ event }) => event));
  return fold.settle();
}
