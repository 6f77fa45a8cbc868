import type { Sql, TransactionSql } from "postgres";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { Json } from "@/lib/core/json";
import type { CachedRun } from "../events/append/run-cache";
import { decodeStored, type EventRow } from "../events/decode-stored";

/** What a run was asked, the one sentence of it, and what it answered; null where its events do not tell. */
export type RunAnswer = { readonly input: Json; readonly query: string | null; readonly output: Json };

/** Longer events are passed over where many runs are shown: a page of them would be hundreds of megabytes. */
export const listedChars = 64 * 1024;
const wholeChars = 16 * 1024 * 1024;
/** An answer in more pieces is given as the state has it. */
const mostPieces = 10_000;

type Row = EventRow & { readonly run_id: string };

/**
 * What runs were asked and what they answered, whole and digit by digit, as their logs have it: the states of runs keep the first 2,000
 * characters as text. Those are given for an event that is longer than `mostChars` or has left the log.
 */
export async function runAnswers(
  sql: Sql | TransactionSql,
  runs: readonly CachedRun[],
  mostChars: number,
): Promise<ReadonlyMap<string, RunAnswer>> {
  const wanted = runs.flatMap((run) => placesOf(run).map((seq) => ({ p: run.projectId, r: run.id, s: seq })));
  const rows = await sql<Row[]>`
    select e.run_id, e.seq, e.received_at_ms, e.source_type, e.frame_name, e.source_event_id, e.estimated_nanos, e.flags, e.raw::text as raw
    from json_to_recordset(${JSON.stringify(wanted)}::text::json) as t(p uuid, r uuid, s bigint)
    join events e on e.project_id = t.p and e.run_id = t.r and e.seq = t.s
    where octet_length(e.raw::text) <= ${mostChars}`;
  return new Map(runs.map((run) => [run.id, answerOf(run, rows)]));
}

/** The same of one run, however long. */
export async function runAnswer(sql: Sql | TransactionSql, run: CachedRun): Promise<RunAnswer> {
  return (await runAnswers(sql, [run], wholeChars)).get(run.id) as RunAnswer;
}

/** Where the question, the start and the answer lie. A start that was overtaken on its way has no place of its own. */
function placesOf({ state }: CachedRun): number[] {
  const { describedAt, opened } = state.lifecycle.registers;
  const seqs = [describedAt?.seq, opened?.seq, ...answerSeqs(state.lifecycle.registers)];
  return [...new Set(seqs)].filter((seq) => seq !== undefined && seq > 0) as number[];
}

/** Where the answer was said: in one event, or in all its pieces. */
function answerSeqs({ answer }: CachedRun["state"]["lifecycle"]["registers"]): number[] {
  if (answer === null) return [];
  const { at, from = at.seq } = answer;
  return at.seq - from < mostPieces ? Array.from({ length: at.seq - from + 1 }, (_, n) => from + n) : [];
}

function answerOf(run: CachedRun, rows: readonly Row[]): RunAnswer {
  const { query, answer, registers } = run.state.lifecycle;
  const events = rows.filter((row) => row.run_id === run.id).map((row) => decodeStored(run.source.dialect, row, true));
  const starts = events.filter(({ type }) => type === "run.started");
  const asked = starts.find((event) => startsWith(event.run?.query, query))?.run?.query ?? query;
  return {
    input: starts.find(({ input }) => input !== undefined)?.input ?? asked,
    query: asked,
    output: saidAt(answerSeqs(registers), events) ?? answer,
  };
}

/** Undefined where a piece of it is not given. */
function saidAt(seqs: readonly number[], events: readonly LoggedEvent[]): Json | undefined {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  const there = seqs.map((seq) => bySeq.get(seq)).filter((event) => event !== undefined);
  const [first] = there;
  if (first === undefined || there.length < seqs.length) return undefined;
  return there.length === 1 ? said(first) : there.map(({ text }) => text ?? "").join("");
}

function startsWith(text: string | undefined, start: string | null): boolean {
  return text !== undefined && start !== null && text.startsWith(start);
}

function said({ text, output }: LoggedEvent): Json | undefined {
  return text || output;
}
