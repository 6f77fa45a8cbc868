import type { RunSummary } from "@/lib/core/api/run";
import { chunkEndBefore, chunkEvents, type HeldLists, type RunChunk, widenRun } from "@/lib/core/run/run-window";
import type { RowState, RunState } from "@/lib/core/run/state";
import {
  type ChunkRange,
  type RunSnapshot,
  type RunWindowReply,
  readRunChunks,
  readRunWindow,
  runChunksPath,
  runWindowPath,
  type WindowRange,
} from "../api/run-parts";
import { readRun } from "../api/runs";

/** Events of one read: its JSON is parsed at once, and nothing else runs meanwhile. */
const pageEvents = 10_000;
/** The rows of a longer run do not fit beside the page: of it the page holds those of its latest events. */
const limits = { longestWhole: 120_000, windowEvents: 40_000 };
/** How far back the rows go of a position before those. */
const pastEvents = 6_000;
const readsAtOnce = 4;

export type RowReads = {
  readonly header: () => Promise<Pick<RunSummary, "lastSeq">>;
  readonly window: (range: WindowRange) => Promise<RunWindowReply>;
  readonly chunks: (range: ChunkRange) => Promise<{ base: HeldLists; chunks: readonly RunChunk[] }>;
};

type Stretch = { readonly base: HeldLists; readonly chunks: readonly RunChunk[] };

/** Reads of one run over the API. */
export function rowReads(runId: string, signal?: AbortSignal): RowReads {
  return {
    header: () => readRun(runId, signal),
    window: (range) => readRunWindow(runId, range, signal),
    chunks: (range) => readRunChunks(runId, range, signal),
  };
}

/** What is read of a run to show it as of its event `lastSeq`, side by side. */
function openingReads(lastSeq: number, { longestWhole, windowEvents }: typeof limits): { window: WindowRange; chunks: ChunkRange[] } {
  const end = chunkEndBefore(lastSeq);
  const chunks: ChunkRange[] = [];
  for (let after = lastSeq > longestWhole ? Math.max(0, end - windowEvents) : 0; after < end; after += pageEvents)
    chunks.push({ after, upTo: Math.min(end, after + pageEvents) });
  return { window: { ...(lastSeq > 0 && { at: lastSeq }), events: 0 }, chunks };
}

/** The addresses that a page which opens the run asks at once, the first that it needs first. */
export function openingPaths(runId: string, lastSeq: number): string[] {
  const { window, chunks } = openingReads(lastSeq, limits);
  return [runWindowPath(runId, window), ...chunks.slice(0, readsAtOnce).map((range) => runChunksPath(runId, range))];
}

/** A long run as the server found it when it drew its page: all but its rows. */
export type RunOpening = { readonly run: RunSummary; readonly lifecycle: RowState["lifecycle"] };

/** Each is good for one reading: whoever comes back to a page much later reads how long the run is by then. */
const taken = new WeakSet<RunOpening>();

/**
 * A run as of the opening's event, else of that which is its last when the reading begins, with the rows of all its events, or of the
 * latest where it is long. Everything is read side by side.
 */
export async function openRun(
  reads: RowReads,
  { opening, ...bounds }: Partial<typeof limits> & { readonly opening?: RunOpening | undefined } = {},
): Promise<RunSnapshot> {
  const known = opening !== undefined && !taken.has(opening) ? opening.run : await reads.header();
  if (opening) taken.add(opening);
  const of = openingReads(known.lastSeq, { ...limits, ...bounds });
  const [{ run, state, base }, stretches] = await Promise.all([reads.window(of.window), readStretches(reads, of.chunks)]);
  const rows: Stretch = { base: stretches[0]?.base ?? base, chunks: stretches.flatMap(({ chunks }) => chunks) };
  return { run, state: widenRun(state, rows.base, rows.chunks), rows };
}

async function readStretches(reads: RowReads, ranges: readonly ChunkRange[]): Promise<Stretch[]> {
  const found: Stretch[] = [];
  const waiting = [...ranges.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) found[next[0]] = await reads.chunks(next[1]);
  };
  await Promise.all(Array.from({ length: readsAtOnce }, work));
  return found;
}

/** The rows of a run that this page holds, from which any earlier moment of it is put together. */
export class RunRows {
  #base: HeldLists;
  #chunks: RunChunk[];
  /** End of the last chunk that is held. */
  #upTo: number;
  #reaching: Promise<void> = Promise.resolve();

  constructor(
    private readonly reads: RowReads,
    { base, chunks }: Stretch,
  ) {
    this.#base = base;
    this.#chunks = [...chunks];
    this.#upTo = chunks.at(-1)?.seq ?? 0;
  }

  /** The fold of the log up to `seq`: the server gives what stood then, and the rows of it that are held here are put before. */
  async stateAt(seq: number): Promise<RunState> {
    const end = chunkEndBefore(seq);
    if (end < this.#upTo - this.#chunks.length * chunkEvents) {
      const { state, base, chunks } = await this.reads.window({ at: seq, events: pastEvents });
      return widenRun(state, base, chunks);
    }
    const [{ state }] = await Promise.all([this.reads.window({ at: seq, events: 0 }), this.#reach(end)]);
    return widenRun(
      state,
      this.#base,
      this.#chunks.filter((chunk) => chunk.seq <= end),
    );
  }

  /** What the run did since it was opened was folded here, and is read in chunks when somebody goes back to it. */
  #reach(end: number): Promise<void> {
    this.#reaching = this.#reaching.catch(() => {}).then(() => this.#readOn(end));
    return this.#reaching;
  }

  async #readOn(end: number): Promise<void> {
    while (this.#upTo < end) {
      const upTo = Math.min(end, this.#upTo + pageEvents);
      const { chunks } = await this.reads.chunks({ after: this.#upTo, upTo });
      this.#chunks.push(...chunks);
      this.#upTo = upTo;
    }
  }
}
