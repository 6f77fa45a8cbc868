import type { RunSummary } from "@/lib/core/api/run";
import type { RowState, RunState } from "@/lib/core/run/state";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { findRun } from "./find-run";
import type { ChunkTexts } from "./kept-chunks";
import { readChunks, readWhole, readWindow, runState } from "./run-state";
import { summaryOf } from "./summary-of";

/** The run and the fold of its log, both as of `at`, as JSON in pieces: at most a few chunks of a long run are in memory at once. */
export async function* runSnapshotJson(run: CachedRun, at: number): AsyncGenerator<string> {
  const { rest, spans, entries } = await readWhole(run, at);
  const { timeline, transcript, ...others } = rest;
  const { spans: _, first: __, carried: ___, ...timelineRest } = timeline;
  const { entries: ____, first: _____, carried: ______, ...transcriptRest } = transcript;
  yield `{"run":${JSON.stringify(summaryAt(run, rest, at))},"state":{${fieldsJson(others)},"timeline":{${fieldsJson(timelineRest)},"spans":[`;
  yield* rowsJson(spans);
  yield `]},"transcript":{${fieldsJson(transcriptRest)},"entries":[`;
  yield* rowsJson(entries);
  yield "]}}}";
}

const fieldsJson = (fields: object): string => JSON.stringify(fields).slice(1, -1);

async function* rowsJson(pages: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield `${isFirst ? "" : ","}${JSON.stringify(rows).slice(1, -1)}`;
    isFirst = false;
  }
}

/** The run as of `at` with the rows of the preceding `events` events, as JSON of `RunWindow` plus the summary, in pieces. */
export async function runWindowJson(run: CachedRun, { at, events }: { at: number; events: number }): Promise<string[]> {
  const { state, base, chunks } = await readWindow(run, at, events);
  const summary = JSON.stringify(summaryAt(run, state, at));
  return [`{"run":${summary},"state":${JSON.stringify(state)},"base":`, ...chunksJson({ base, chunks })];
}

/** The chunks between two chunk ends, and the rows held at their start. */
export async function runChunksJson(run: CachedRun, range: { after: number; upTo: number }): Promise<string[]> {
  return ['{"base":', ...chunksJson(await readChunks(run, range))];
}

function chunksJson({ base, chunks }: ChunkTexts): string[] {
  return [base, ',"chunks":[', ...chunks.flatMap((chunk, index) => (index === 0 ? [chunk] : [",", chunk])), "]}"];
}

function summaryAt(run: CachedRun, state: RunState, at: number): RunSummary {
  return summaryOf(at >= run.lastSeq ? run : { ...run, state });
}

/** If a page's HTML carried the state of more events, it would show nothing until all of it was parsed. */
const inlineEvents = 2_000;

type Inlined = { readonly run: RunSummary } & ({ readonly state: RunState } | { readonly lifecycle: RowState["lifecycle"] });

/** For the first paint of a run's page; null if there is no such run. For a long run, the browser loads the rows separately. */
export async function inlineSnapshot(projectId: string, id: string): Promise<Inlined | null> {
  try {
    const run = await findRun(projectId, id);
    if (run.lastSeq > inlineEvents) return { run: summaryOf(run), lifecycle: run.state.lifecycle };
    const state = await runState(run, run.lastSeq);
    return { run: summaryAt(run, state, run.lastSeq), state };
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}
