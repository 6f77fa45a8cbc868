import type { RunSummary } from "@/lib/core/api/run";
import { chunkEndBefore, chunkEvents, type HeldLists, type RunChunk, widenRun } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { type RunSnapshot, type RunWindowReply, readRun, readRunChunks, readRunWindow } from "../api/runs";

/** Events of one read: its JSON is parsed at once, and nothing else runs meanwhile. */
const pageEvents = 10_000;
/** The rows of a longer run do not fit beside the page: of it the page holds those of its latest events. */
const limits = { longestWhole: 120_000, windowEvents: 40_000 };
/** How far back the rows go of a position before those. */
const pastEvents = 6_000;
const readsAtOnce = 4;

export type RowReads = {
  readonly header: () => Promise<Pick<RunSummary, "lastSeq">>;
  readonly window: (range: { readonly at?: number; readonly events: number }) => Promise<RunWindowReply>;
  readonly chunks: (range: { readonly after: number; readonly upTo: number }) => Promise<{ base: HeldLists; chunks: readonly RunChunk[] }>;
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

/**
 * A run as of the event that was its last when the reading began, with the rows of all its events, or of the latest where it is long.
 * Everything is read side by side.
 */
export async function openRun(reads: RowReads, { longestWhole, windowEvents } = limits): Promise<RunSnapshot> {
  const { lastSeq } = await reads.header();
  const upTo = chunkEndBefore(lastSeq);
  const after = lastSeq > longestWhole ? Math.max(0, upTo - windowEvents) : 0;
  const [{ run, state, base }, stretches] = await Promise.all([
    reads.window({ ...(lastSeq > 0 && { at: lastSeq }), events: 0 }),
    readStretches(reads, { after, upTo }),
  ]);
  const rows: Stretch = { base: stretches[0]?.base ?? base, chunks: stretches.flatMap(({ chunks }) => chunks) };
  return { run, state: widenRun(state, rows.base, rows.chunks), rows };
}

async function readStretches(reads: RowReads, { after, upTo }: { after: number; upTo: number }): Promise<Stretch[]> {
  const ranges: { after: number; upTo: number }[] = [];
  for (let start = after; start < upTo; start += pageEvents) ranges.push({ after: start, upTo: Math.min(upTo, start + pageEvents) });
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
