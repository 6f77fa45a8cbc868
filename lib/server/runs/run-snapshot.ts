import type { RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { findRun } from "./find-run";
import { readSnapshotText } from "./run-snapshots";
import { runState } from "./run-state";
import { summaryOf } from "./summary-of";

/** A run and the fold of its log, both as of now. */
export async function runSnapshot(run: CachedRun): Promise<{ run: RunSummary; state: RunState }> {
  return { run: summaryOf(run), state: await runState(run) };
}

/** The same as JSON. A run that was read before and stands still is answered with the text that was kept, unparsed. */
export async function runSnapshotJson(run: CachedRun): Promise<string> {
  const kept = await readSnapshotText(run, run.lastSeq);
  if (kept?.seq === run.lastSeq) return `{"run":${JSON.stringify(summaryOf(run))},"state":${kept.text}}`;
  return JSON.stringify(await runSnapshot(run));
}

/** The same as of one of its events: the summary, too, tells what was known then. */
export async function runSnapshotAt(run: CachedRun, seq: number): Promise<{ run: RunSummary; state: RunState }> {
  const state = await runState(run, seq);
  return { run: summaryOf({ ...run, state }), state };
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
