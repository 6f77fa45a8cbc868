import { RunSummary } from "@/lib/core/api/run";
import { type TypeFilter, typeFilter } from "@/lib/core/events/type-filter";
import { isTerminal } from "@/lib/core/run/status";
import type { Backoff } from "../connection/backoff";
import { Refused, readJson, Unreachable } from "../connection/request";
import type { Connection } from "../connection/settings";
import { CliError } from "../errors";
import { type Io, isGone, warn, write } from "../io";
import { choosePalette } from "../render/palette";
import { plainJson, plainText } from "../render/plain-text";
import { createRunPrinter, type RunPrinter } from "../render/run-printer";
import { namesOf, TailEvent } from "../render/tail-event";
import { type FollowedEvent, followRun } from "../stream/follow-run";
import { latestRun, nextRun } from "../stream/latest-run";
import { pageEvents } from "../stream/read-events";

export type TailOptions = {
  readonly connection: Connection;
  readonly from: number;
  readonly follow: boolean;
  readonly json: boolean;
  readonly utc: boolean;
  readonly all: boolean;
  readonly types: string | undefined;
  readonly backoff?: Backoff;
};

export const exitCodes = { succeeded: 0, notSucceeded: 1, interrupted: 130 } as const;

/** Prints one run until it ends. Exit code 0 succeeded (or, without following, still open), 1 otherwise, 130 interrupted. */
export async function tailRun(io: Io, runId: string, options: TailOptions): Promise<number> {
  const run = await summaryOf(io, runId, options);
  const filter = typeFilter(new URLSearchParams({ types: options.types ?? "" }));
  const palette = choosePalette(io.stdout.isTTY === true, io.env);
  const printer = createRunPrinter({ runId: run.externalId, palette, utc: options.utc, all: options.all, filter });
  const output: Output = { io, printer, filter, json: options.json };
  if (!options.follow || isTerminal(run.status)) {
    const stored = { runId: run.id, from: options.from, until: run.lastSeq, ...patience(io, options) };
    for await (const item of pageEvents(options.connection, stored)) if (!(await print(output, item))) return exitCodes.succeeded;
    return finish(output, run);
  }
  return tailLive(output, run, options);
}

async function tailLive(output: Output, run: RunSummary, options: TailOptions): Promise<number> {
  const { io } = output;
  let seen = options.from - 1;
  let known = run.lastSeq;
  for await (const item of followRun(options.connection, {
    runId: run.id,
    from: options.from,
    ...patience(io, options),
  })) {
    if (item.kind === "event") {
      if (!(await print(output, item))) return exitCodes.succeeded;
      seen = item.seq;
      // Asking costs a request: only where this event can have ended the run, or is the last one that is known of.
      if (seen < known || (seen > known && !endings.has(typeOf(item)))) continue;
    }
    const now = await summaryIfThere(io, run.id, options);
    if (now === null || !isTerminal(now.status)) continue;
    if (now.lastSeq <= seen) return finish(output, now);
    known = now.lastSeq;
  }
  return exitCodes.interrupted;
}

/** Prints the newest run, then the next one, until interrupted. */
export async function tailLatest(io: Io, options: TailOptions): Promise<number> {
  const { connection } = options;
  let run = await latestRun(connection, patience(io, options));
  if (run === null) warn(io, "no runs yet; waiting for the first one");
  while (!io.signal.aborted) {
    if (run !== null) await tailRun(io, run, options);
    if (isGone(io.stdout)) return exitCodes.succeeded;
    run = await nextRun(connection, run, patience(io, options));
  }
  return exitCodes.interrupted;
}

type Output = { readonly io: Io; readonly printer: RunPrinter; readonly filter: TypeFilter | null; readonly json: boolean };

async function print(output: Output, item: FollowedEvent): Promise<boolean> {
  const { io, printer, filter } = output;
  const event = TailEvent.safeParse(item.body).data;
  if (output.json)
    return event !== undefined && filter !== null && !filter.matches(namesOf(event)) ? true : write(io.stdout, `${plainJson(item.json)}\n`);
  for (const line of event === undefined ? [] : printer.lines(event)) if (!(await write(io.stdout, `${line}\n`))) return false;
  return true;
}

async function finish(output: Output, run: RunSummary): Promise<number> {
  const over = isTerminal(run.status);
  if (over && !output.json) {
    const error = run.error === undefined ? {} : { error: run.error.message };
    await write(output.io.stdout, `${output.printer.final({ status: run.status, durationMs: run.durationMs, ...error })}\n`);
  }
  return over && run.status !== "succeeded" ? exitCodes.notSucceeded : exitCodes.succeeded;
}

const endings: ReadonlySet<unknown> = new Set([
  "run.completed",
  "run.failed",
  "run.cancelled",
  "run.expired",
  "stream.ended",
  "error.occurred",
]);

function typeOf(item: FollowedEvent): unknown {
  return typeof item.body === "object" && item.body !== null && "type" in item.body ? item.body.type : undefined;
}

/** The run's summary; null while the server is away, for then the stream comes back and asks again. */
async function summaryIfThere(io: Io, runId: string, options: TailOptions): Promise<RunSummary | null> {
  try {
    return await summaryOf(io, runId, options);
  } catch (error) {
    if (io.signal.aborted || error instanceof Unreachable) return null;
    throw error;
  }
}

async function summaryOf(io: Io, runId: string, options: TailOptions): Promise<RunSummary> {
  const { connection } = options;
  try {
    return await readJson(connection, `/api/runs/${encodeURIComponent(runId)}`, { ...patience(io, options), schema: RunSummary });
  } catch (error) {
    if (error instanceof Refused && error.status === 404) throw new CliError(`no run ${plainText(runId)} on ${connection.url}`);
    throw error;
  }
}

function patience(io: Io, options: TailOptions) {
  return { signal: io.signal, onRetry: news(io, options), ...(options.backoff !== undefined && { backoff: options.backoff }) };
}

/** The first quiet reconnects are routine (a deploy, a proxy's time limit); a lasting absence is news. */
function news(io: Io, options: TailOptions): (waitMs: number) => void {
  let told = 0;
  return (waitMs) => {
    told += 1;
    if (told === 3) warn(io, `${options.connection.url} is unreachable or busy; retrying (next try in ${(waitMs / 1_000).toFixed(1)} s)`);
  };
}
