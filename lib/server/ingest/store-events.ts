import { isSameJson } from "@/lib/core/exact-json";
import { storableJson } from "@/lib/core/json-storable";
import { isSameBehind } from "@/lib/core/redaction/same-behind";
import type { AppendResult, NewEvent, RunRange, SourceRef } from "../events/append/request";
import { marksOf } from "../redaction/read-redactor";
import { services } from "../services";
import { acceptEvent, type DoorContext, isRejection, type RawEvent } from "./accept-event";
import type { Rejection } from "./rejections";

export type Rejected = Rejection & { readonly index: number };

/** The outcome of one request's events. */
export type IngestReport = {
  accepted: number;
  duplicates: number;
  readonly rejected: Rejected[];
  /** Beyond the first hundred, rejections are only counted. */
  rejectedTotal: number;
  /** The first thousand: a stream may be open for months. */
  readonly runs: Map<string, RunRange>;
  moreRuns: boolean;
};

export function emptyReport(): IngestReport {
  return { accepted: 0, duplicates: 0, rejected: [], rejectedTotal: 0, runs: new Map(), moreRuns: false };
}

export const maxRejectedListed = 100;
export const maxRunsListed = 1_000;

export type Door = { readonly projectId: string; readonly source: SourceRef; readonly context: DoorContext };

type More = {
  /** Index of the first of these events within the request. */
  readonly firstIndex: number;
  /** For bodies that can be held back at the socket, or are partly stored: wait for room in the queue instead of being refused. */
  readonly patient?: boolean;
  /** The response to remember under a key, built from the report as it will be after this commit. */
  readonly idempotency?: { readonly key: string; readonly bodyHash: Buffer; readonly reply: (report: IngestReport) => string };
};

/** Stores these events in one transaction and adds their outcomes to the report. */
export async function storeEvents(door: Door, events: readonly RawEvent[], report: IngestReport, more: More): Promise<void> {
  const accepted: NewEvent[] = [];
  const places: number[] = [];
  // A stream may stay open for hours, so changes to prices and redaction take effect within it.
  door.context.prices = await services().prices.of(door.projectId);
  door.context.redactor = await services().redaction.of(door.projectId);
  for (const [offset, raw] of events.entries()) {
    const event = acceptEvent(door.context, raw);
    if (isRejection(event)) {
      reject(report, { index: more.firstIndex + offset, ...event });
    } else {
      accepted.push(event);
      places.push(offset);
    }
  }
  if (accepted.length === 0) return;
  const came = { door, events, places, firstIndex: more.firstIndex };
  const idempotency = more.idempotency && {
    ...more.idempotency,
    reply: (result: AppendResult) =>
      more.idempotency?.reply(withResult({ ...report, rejected: [...report.rejected], runs: new Map(report.runs) }, { ...came, result })) ??
      "",
  };
  const { appender } = services();
  if (more.patient) await appender.room();
  const result = await appender.append(
    { projectId: door.projectId, source: door.source, events: accepted, ...(idempotency ? { idempotency } : {}) },
    more,
  );
  services().metrics.redacted(accepted.reduce((sum, { redacted = 0 }) => sum + redacted, 0));
  withResult(report, { ...came, result });
}

/** The outcome of the events at these places. */
type Came = {
  readonly door: Door;
  readonly events: readonly RawEvent[];
  readonly places: readonly number[];
  readonly firstIndex: number;
  readonly result: AppendResult;
};

function withResult(report: IngestReport, { door, events, places, firstIndex, result }: Came): IngestReport {
  for (const [n, outcome] of result.outcomes.entries()) {
    const place = places[n] as number;
    if (outcome.kind === "stored") report.accepted += 1;
    else if (outcome.kind === "duplicate" || isRepeat(door, outcome.stored, events[place] as RawEvent)) report.duplicates += 1;
    else
      reject(report, {
        index: firstIndex + place,
        code: "id_conflict",
        message: "An event with this id but other content is already stored. The stored one is kept.",
      });
  }
  for (const range of result.runs) mergeRange(report, range);
  return report;
}

/** The redaction settings may have changed since: the same event is then stored in a different form. */
function isRepeat({ projectId }: Door, stored: string, raw: RawEvent): boolean {
  const sent = storableJson(raw.text, raw.value).text;
  return isSameJson(stored, sent) || isSameBehind(stored, sent, marksOf(services().sealer, projectId));
}

export function reject(report: IngestReport, rejected: Rejected): void {
  report.rejectedTotal += 1;
  if (report.rejected.length < maxRejectedListed) report.rejected.push(rejected);
}

function mergeRange(report: IngestReport, range: RunRange): void {
  const before = report.runs.get(range.id);
  if (!before && report.runs.size >= maxRunsListed) report.moreRuns = true;
  else report.runs.set(range.id, before ? { ...range, firstSeq: before.firstSeq ?? range.firstSeq } : range);
}
