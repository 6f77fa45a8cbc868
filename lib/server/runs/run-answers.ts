import type { Sql, TransactionSql } from "postgres";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { Json } from "@/lib/core/json";
import { answerOf as answerIn, untoldAnswer } from "@/lib/core/run/answer-of";
import type { CachedRun } from "../events/append/run-cache";
import { decodeStored, type EventRow } from "../events/decode-stored";

/** A run's input, the same as one sentence, and its answer; null where its events do not tell. */
export type RunAnswer = { readonly input: Json; readonly query: string | null; readonly output: Json };

/** Longer events are skipped when many runs are listed: a page of them would be hundreds of megabytes. */
export const listedChars = 64 * 1024;
const wholeChars = 16 * 1024 * 1024;
/** An answer in more pieces than this is returned as the state has it. */
const mostPieces = 10_000;
/** No piece is shorter, so more pieces than the limit divided by this exceed the limit. */
const leastPieceChars = 32;

type Row = EventRow & { readonly run_id: string };

/**
 * The inputs and answers of runs, complete and digit for digit, from their logs: the states of runs keep only the first 2,000
 * characters as text. The state's version is used for an event longer than `mostChars`, for an answer whose pieces together are,
 * and for what has left the log.
 */
export async function runAnswers(
  sql: Sql | TransactionSql,
  runs: readonly CachedRun[],
  mostChars: number,
): Promise<ReadonlyMap<string, RunAnswer>> {
  const answered = new Map(runs.map((run) => [run.id, answerSeqs(run, Math.min(mostPieces, mostChars / leastPieceChars))]));
  const wanted = runs.flatMap((run) => placesOf(run, answered.get(run.id) ?? []));
  const rows = await sql<Row[]>`
    select run_id, seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw::text as raw from (
      select e.*, sum(octet_length(e.raw::text)) over (partition by e.run_id, t.w) as chars
      from json_to_recordset(${JSON.stringify(wanted)}::text::json) as t(p uuid, r uuid, s bigint, w bigint)
      join events e on e.project_id = t.p and e.run_id = t.r and e.seq = t.s
    ) e where chars <= ${mostChars}`;
  return new Map(runs.map((run) => [run.id, answerOf(run, rows, answered.get(run.id) ?? [])]));
}

/** The same for one run, however long. */
export async function runAnswer(sql: Sql | TransactionSql, run: CachedRun): Promise<RunAnswer> {
  return (await runAnswers(sql, [run], wholeChars)).get(run.id) as RunAnswer;
}

/**
 * Where the input, the start and the answer are in the log. A start that was overtaken in transit has no place of its own. Events
 * with the same `w` are returned together or not at all.
 */
function placesOf({ projectId, id, state }: CachedRun, answered: readonly number[]): object[] {
  const { describedAt, opened } = state.lifecycle.registers;
  const [first] = answered;
  const places = new Map([describedAt?.seq, opened?.seq].map((seq) => [seq, seq]));
  for (const seq of answered) places.set(seq, first);
  return [...places].flatMap(([seq = 0, together]) => (seq > 0 ? [{ p: projectId, r: id, s: seq, w: together }] : []));
}

/** Where the answer was given: in one event, or in all its pieces. */
function answerSeqs({ state }: CachedRun, most: number): readonly number[] {
  const { registers } = state.lifecycle;
  const said = answerIn(registers);
  const untold = untoldAnswer(registers);
  if (said === null) return untold === null ? [] : [untold.seq];
  const { at, from = at.seq } = said;
  return at.seq - from < most ? Array.from({ length: at.seq - from + 1 }, (_, n) => from + n) : [];
}

function answerOf(run: CachedRun, rows: readonly Row[], answered: readonly number[]): RunAnswer {
  const { query, answer } = run.state.lifecycle;
  const events = rows.filter((row) => row.run_id === run.id).map((row) => decodeStored(run.source.dialect, row, true));
  const starts = events.filter(({ type }) => type === "run.started");
  const asked = starts.find((event) => startsWith(event.run?.query, query))?.run?.query ?? query;
  return {
    input: starts.find(({ input }) => input !== undefined)?.input ?? asked,
    query: asked,
    output: saidAt(answered, events) ?? answer,
  };
}

/** Undefined if a piece is missing. */
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
