import { toApiEvent } from "@/lib/core/api/convert";
import { withExactParts } from "@/lib/core/approvals/exact";
import type { TypeFilter } from "@/lib/core/events/type-filter";
import { JsonText, parseExact, stringifyExact } from "@/lib/core/exact-json";
import { placeOf } from "@/lib/core/run/moment";
import type { OrderKey } from "@/lib/core/run/order-key";
import { stands } from "@/lib/core/run/standing";
import type { DialectEncoder, Outgoing } from "@/lib/dialects/contract";
import { withRequestId } from "../approvals/approval-id";
import { noteSent } from "../approvals/note-receipt";
import { noteControlStreamed } from "../control/note-control";
import type { LogEntry } from "./log-entry";
import type { RunFormat } from "./run-format";
import { sseFrame } from "./sse";
import { textFrame } from "./text-frame";

/** A run by its sender's id, or by both ids. */
export type RunName = string | { readonly projectId: string; readonly id: string; readonly externalId: string };

/** Our own stream: `id` = seq, `event` = canonical type, `data` = the event. */
export function nativeFormat(filter: TypeFilter | null, raw: boolean, run: Exclude<RunName, string>): RunFormat {
  return {
    key: `native|${raw ? "raw" : ""}|${filter?.key ?? "*"}`,
    encode: (entries) =>
      chunk(entries, ({ event, rawText }) => {
        if (filter && !filter.matches([event.type, event.source.type])) return null;
        noteOwn(event, run);
        return sseFrame({
          id: String(event.seq),
          event: event.type,
          data: toApiEvent(withRequestId(run.id, event), raw ? new JsonText(rawText) : undefined) as never,
        });
      }),
  };
}

/** The browser's stream: a batch of events of one run in one frame, without an id, because several runs share the connection. */
export function batchFormat(runId: string): RunFormat {
  return {
    key: "batch",
    encode: (entries) =>
      Buffer.from(
        sseFrame({
          event: "run.events",
          data: { runId, events: entries.map(({ event }) => toApiEvent(withRequestId(runId, event))) } as never,
        }),
      ),
  };
}

type DialectOptions = {
  readonly run: RunName;
  readonly filter: TypeFilter | null;
  readonly variant?: string;
  /** Where the run last started or resumed: an end before that is in the past, and its mark is not sent. */
  readonly opened?: OrderKey | null;
};

/** A run in one system's dialect, whatever dialect it arrived in. */
export function dialectFormat(encoder: DialectEncoder, { run, filter, variant = "", opened = null }: DialectOptions): RunFormat {
  const isPast = ({ event }: LogEntry) => encoder.ends(event) && !stands(placeOf(event), opened);
  const isHidden = (entry: LogEntry, outgoing: Outgoing) =>
    (filter !== null && !filter.matches(encoder.names(outgoing))) || (entry.event.type === "stream.ended" && isPast(entry));
  return {
    key: `${encoder.dialect}|${variant}|${externalIdOf(run)}|${opened?.seq ?? ""}|${filter?.key ?? "*"}`,
    encode: (entries) =>
      chunk(entries, (entry) => {
        const outgoing = outgoingOf(encoder, entry, run);
        if (isHidden(entry, outgoing)) return null;
        noteOwn(entry.event, run);
        const frame = encoder.frame(outgoing);
        return frame && sseFrame(frame, encoder.lineOrder);
      }),
    ends: (entries) => entries.some((entry) => encoder.ends(entry.event) && !isPast(entry)),
    hides: (entry) => isHidden(entry, outgoingOf(encoder, entry, run)),
  };
}

/** A run in one system's own JSON, without names or an end: one WebSocket text frame per event. */
export function messageFormat(encoder: DialectEncoder, { run, filter }: { run: RunName; filter: TypeFilter | null }): RunFormat {
  return {
    key: `${encoder.dialect} messages|${externalIdOf(run)}|${filter?.key ?? "*"}`,
    encode: (entries) => {
      const frames: Buffer[] = [];
      for (const entry of entries) {
        const outgoing = outgoingOf(encoder, entry, run);
        if (filter && !filter.matches(encoder.names(outgoing))) continue;
        noteOwn(entry.event, run);
        const item = encoder.item(outgoing);
        if (item !== null) frames.push(textFrame(stringifyExact(item)));
      }
      return frames.length === 0 ? null : Buffer.concat(frames);
    },
  };
}

export function outgoingOf(encoder: DialectEncoder, entry: Pick<LogEntry, "event" | "rawText">, run: RunName): Outgoing {
  const own = entry.event.source.dialect === encoder.dialect;
  const event = typeof run === "string" ? entry.event : withRequestId(run.id, entry.event);
  return {
    event: withExactParts(event),
    runId: externalIdOf(run),
    ...(own ? { raw: parseExact(entry.rawText) } : {}),
  };
}

function externalIdOf(run: RunName): string {
  return typeof run === "string" ? run : run.externalId;
}

/** Records that our decision or control request went out to the agent on a stream of its run. */
export function noteOwn(event: LogEntry["event"], run: RunName): void {
  if (event.origin !== "watchfloor" || typeof run === "string") return;
  if (event.type === "approval.decided") noteSent(run, event.seq);
  else if (event.control !== undefined) noteControlStreamed(run, event);
}

function chunk(entries: readonly LogEntry[], frame: (entry: LogEntry) => string | null): Uint8Array | null {
  let text = "";
  for (const entry of entries) text += frame(entry) ?? "";
  return text === "" ? null : Buffer.from(text);
}
