import type { DialectReading, InspectedEvent, InspectReply, InspectRequest } from "@/lib/core/api/inspect";
import { shownExactly } from "@/lib/core/approvals/exact";
import { type Dialect, dialects } from "@/lib/core/dialect";
import { isEphemeral } from "@/lib/core/events/logged";
import { parseExact } from "@/lib/core/exact-json";
import type { JsonObject } from "@/lib/core/json";
import type { Redactor } from "@/lib/core/redaction/redactor";
import { decodeExactly } from "@/lib/dialects/decode-event";
import { acceptEvent, type DoorContext, isRejection, type RawEvent } from "../ingest/accept-event";
import { mappingRule } from "./mapping-rule";
import { splitText } from "./split-text";

type Now = {
  readonly nowMs: number;
  /** What the project redacts from events. */
  readonly redactor: Redactor | null;
};

/** Beyond this, events are counted in the readings but not listed. */
const mostListed = 200;
/** Beyond this, events are not read: each is read once per dialect, which blocks the process. */
export const mostInspected = 500;

/**
 * What ingest would make of this text: where each event belongs, what it becomes and by which rule, or why it is rejected. Stores nothing.
 * If no dialect is given, uses the one that knows most of the events. Throws invalid_json, too_deep or too_many_values.
 */
export function inspectEvents(request: InspectRequest, { nowMs, redactor }: Now): InspectReply {
  const { kind, events, total } = splitText(request.text, mostInspected);
  const read = dialects.map((dialect) => readAs(dialect, events, { run: request.run, nowMs, redactor })).sort(byFit);
  const dialect = request.dialect ?? read[0]?.reading.dialect ?? dialects[0];
  return {
    kind,
    dialect,
    readings: read.map(({ reading }) => reading),
    total,
    inspected: events.length,
    events: [...(read.find(({ reading }) => reading.dialect === dialect)?.listed ?? [])],
  };
}

type Reading = { readonly reading: DialectReading; readonly listed: readonly InspectedEvent[] };
type Given = Now & { readonly run: string | undefined };

function readAs(dialect: Dialect, events: readonly RawEvent[], { run, nowMs, redactor }: Given): Reading {
  const context: DoorContext = { dialect, givenRun: run ?? null, lastRun: null, receivedAtMs: nowMs, redactor };
  const counts = { known: 0, unknown: 0, refused: 0 };
  const listed: InspectedEvent[] = [];
  events.forEach((event, index) => {
    const inspected = inspectOne(context, event, index);
    if (inspected.refusal) counts.refused += 1;
    else if (inspected.canonical?.type === "event.unknown") counts.unknown += 1;
    else counts.known += 1;
    if (index < mostListed) listed.push(inspected);
  });
  return { reading: { dialect, ...counts }, listed };
}

function inspectOne(context: DoorContext, raw: RawEvent, index: number): InspectedEvent {
  const frame = { ...(raw.name ? { event: raw.name } : {}), ...(raw.id ? { id: raw.id } : {}) };
  const seen = { index, ...(Object.keys(frame).length > 0 ? { frame } : {}), raw: raw.refusal ? raw.value : parseExact(raw.text) };
  const accepted = acceptEvent(context, raw);
  if (isRejection(accepted)) return { ...seen, refusal: accepted };
  const { run, sourceType, sourceId, dedupeKey, sanitized, rawText, frameName, redacted } = accepted;
  const incoming = {
    body: JSON.parse(rawText) as JsonObject,
    ...(frameName ? { name: frameName } : {}),
    ...(raw.id ? { id: raw.id } : {}),
  };
  const canonical = shownExactly(decodeExactly(context.dialect, incoming, rawText));
  const rule = canonical.type === "event.unknown" ? undefined : mappingRule(context.dialect, sourceType);
  return {
    ...seen,
    address: {
      run: run.externalId,
      kind: run.kind,
      type: sourceType,
      ...(sourceId === undefined ? {} : { id: sourceId }),
      ...(canonical.sourceSeq === undefined ? {} : { seq: canonical.sourceSeq }),
      ...(dedupeKey === undefined ? {} : { dedupeKey }),
    },
    canonical,
    ...(rule ? { rule } : {}),
    ephemeral: isEphemeral(canonical.type),
    sanitized,
    ...(redacted === undefined ? {} : { redacted }),
  };
}

/** Most known first, then fewest rejected: a dialect that takes anything as unknown does not win. */
function byFit(a: Reading, b: Reading): number {
  return b.reading.known - a.reading.known || a.reading.refused - b.reading.refused;
}
