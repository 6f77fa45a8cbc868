import { emptyRow, emptyRun, fold, foldRow } from "@/lib/core/run/fold";
import { loggedRun, rawLog } from "../load/logged-run";
import { median } from "../stats";

export type FoldTask = { readonly events: number; readonly batch: number; readonly rounds: number };

/** Events a second of each, medians of the rounds. */
export type FoldResult = { readonly parse: number; readonly whole: number; readonly batched: number; readonly row: number };

const startMs = Date.UTC(2026, 0, 5);

/** Folds one long log: at once, in batches as a live page does, and only the slices of the run row; beside it JSON.parse of the log. */
export async function foldLog(task: FoldTask): Promise<FoldResult> {
  const raw = rawLog("bench-fold", task.events, startMs);
  const events = loggedRun(raw, startMs);
  const batches = Array.from({ length: Math.ceil(task.events / task.batch) }, (_, index) =>
    events.slice(index * task.batch, (index + 1) * task.batch),
  );
  const work = {
    parse: () => raw.reduce((sum, text) => sum + Object.keys(JSON.parse(text) as object).length, 0),
    whole: () => fold(emptyRun(), events).lifecycle.lastSeq,
    batched: () => batches.reduce(fold, emptyRun()).lifecycle.lastSeq,
    row: () => batches.reduce(foldRow, emptyRow()).lifecycle.lastSeq,
  };
  const speeds = { parse: [] as number[], whole: [] as number[], batched: [] as number[], row: [] as number[] };
  for (let round = 0; round < task.rounds; round++) {
    for (const name of ["parse", "whole", "batched", "row"] as const) {
      const from = performance.now();
      const reached = work[name]();
      const seconds = (performance.now() - from) / 1_000;
      if (name !== "parse" && reached !== task.events) throw new Error(`${name} folded ${reached} of ${task.events} events`);
      speeds[name].push(task.events / seconds);
    }
  }
  return { parse: median(speeds.parse), whole: median(speeds.whole), batched: median(speeds.batched), row: median(speeds.row) };
}
