import { setImmediate as turn } from "node:timers/promises";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { findRun } from "./find-run";
import type { ChunkTexts } from "./kept-chunks";
import { readChunks, readWindow, runState } from "./run-state";
import { summaryOf } from "./summary-of";

/** A longer run's state is read in windows: whole it would take more memory than is the server's. */
const longestWhole = 100_000;

/** A run and the fold of its log, both as of `at`: the summary, too, tells what was known then. */
export async function runSnapshot(run: CachedRun, at = run.lastSeq): Promise<{ run: RunSummary; state: RunState }> {
  if (at > longestWhole) {
    throw new DomainError("too_large", `The state of more than ${longestWhole.toLocaleString("en")} events is not given whole.`, {
      hint: "Read /window: the state with the rows of its latest events, and /chunks for those before.",
    });
  }
  const state = await runState(run, at);
  return { run: summaryAt(run, state, at), state };
}

let making: Promise<unknown> = Promise.resolve();

/**
 * The same as JSON, in pieces: a long run's takes a while, and others are served meanwhile. One is made at a time, because a long run's
 * takes much memory.
 */
export function runSnapshotJson(run: CachedRun, at: number): Promise<string[]> {
  const made = making.then(() => writeSnapshot(runSnapshot(run, at)));
  making = made.catch(() => {});
  return made;
}

async function writeSnapshot(snapshot: Promise<{ run: RunSummary; state: RunState }>): Promise<string[]> {
  const { run, state } = await snapshot;
  const { timeline, transcript, ...rest } = state;
  const { spans, ...timelineRest } = timeline;
  const { entries, ...transcriptRest } = transcript;
  return [
    `{"run":${JSON.stringify(run)},"state":{${fieldsJson(rest)},"timeline":{${fieldsJson(timelineRest)},"spans":[`,
    ...(await rowsJson(spans)),
    `]},"transcript":{${fieldsJson(transcriptRest)},"entries":[`,
    ...(await rowsJson(entries)),
    "]}}}",
  ];
}

const fieldsJson = (fields: object): string => JSON.stringify(fields).slice(1, -1);

const rowsAtOnce = 4_000;

async function rowsJson(rows: readonly object[]): Promise<string[]> {
  const pieces: string[] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    if (from > 0) pieces.push(",");
    pieces.push(JSON.stringify(rows.slice(from, from + rowsAtOnce)).slice(1, -1));
    await turn();
  }
  return pieces;
}

/** The run as of `at` with the rows of the `events` before it, as JSON of `RunWindow` and the summary beside it, in pieces. */
export async function runWindowJson(run: CachedRun, { at, events }: { at: number; events: number }): Promise<string[]> {
  const { state, base, chunks } = await readWindow(run, at, events);
  const summary = JSON.stringify(summaryAt(run, state, at));
  return [`{"run":${summary},"state":${JSON.stringify(state)},"base":`, ...chunksJson({ base, chunks })];
}

/** The chunks between two ends of chunks, and what was held where they begin. */
export async function runChunksJson(run: CachedRun, range: { after: number; upTo: number }): Promise<string[]> {
  return ['{"base":', ...chunksJson(await readChunks(run, range))];
}

function chunksJson({ base, chunks }: ChunkTexts): string[] {
  return [base, ',"chunks":[', ...chunks.flatMap((chunk, index) => (index === 0 ? [chunk] : [",", chunk])), "]}"];
}

function summaryAt(run: CachedRun, state: RunState, at: number): RunSummary {
  return summaryOf(at >= run.lastSeq ? run : { ...run, state });
}

/** A page whose HTML carries more events' worth of state than this would show nothing until all of it was parsed. */
const inlineEvents = 2_000;

/** For the first paint of a run's page: null when there is no such run, or it is so long that the browser reads it beside the page. */
export async function inlineSnapshot(projectId: string, id: string): Promise<{ run: RunSummary; state: RunState } | null> {
  try {
    const run = await findRun(projectId, id);
    return run.lastSeq <= inlineEvents ? await runSnapshot(run) : null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}
