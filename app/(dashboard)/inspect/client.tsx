"use client";
import { ScanSearch } from "lucide-react";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { DialectReadings } from "@/components/inspect/dialect-readings";
import type { InspectExample } from "@/components/inspect/inspect-examples";
import { type Draft, InspectForm } from "@/components/inspect/inspect-form";
import { InspectedEventCard } from "@/components/inspect/inspected-event";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type Inspection, readAtOnceChars, useInspect } from "@/lib/client/hooks/use-inspect";
import { useListedRun } from "@/lib/client/hooks/use-listed-run";
import { useRawEvent } from "@/lib/client/hooks/use-raw-event";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { ApiEvent } from "@/lib/core/api/event";
import type { InspectReply, InspectRequest } from "@/lib/core/api/inspect";
import { type Dialect, dialects } from "@/lib/core/dialect";
import { stringifyExact } from "@/lib/core/exact-json";

/** This many stand open at first; of more only the heads are drawn. */
const mostOpen = 3;
/** A refusal is what one looks for, unless all are refused. */
const mostOpenRefusals = 20;

/** With `?run=` and `?event=` the text is what that event's sender wrote. */
export function InspectClient() {
  const [{ run, event }] = useQueryStates({ run: parseAsString, event: parseAsInteger });
  return run !== null && event !== null ? <LoggedEvent key={`${run} ${event}`} runId={run} seq={event} /> : <Inspector first={null} />;
}

function LoggedEvent({ runId, seq }: { readonly runId: string; readonly seq: number }) {
  const { data: event, error, refetch } = useRawEvent(runId, seq);
  const run = useListedRun(runId);
  if (error) return <ErrorState className="m-4" title={`Event ${seq} could not be loaded.`} error={error} onRetry={() => void refetch()} />;
  if (event === undefined || run === null) return <SkeletonRows rows={6} />;
  const text = event?.raw === undefined ? "" : sentText(event);
  return <Inspector first={{ text, run: run.externalId, dialect: run.dialect }} />;
}

/** As it came: what came in a frame with a name is read by that name too. */
function sentText({ raw, source: { frame, id } }: ApiEvent): string {
  const body = stringifyExact(raw, 2);
  if (frame === undefined) return body;
  const head = [`event: ${frame}`, ...(id === undefined ? [] : [`id: ${id}`])];
  return [...head, ...body.split("\n").map((line) => `data: ${line}`)].join("\n");
}

function Inspector({ first }: { readonly first: Draft | null }) {
  const [dialect, setDialect] = useQueryState("dialect", parseAsStringLiteral(dialects));
  const [typed, setTyped] = useState({ text: first?.text ?? "", run: first?.run ?? "" });
  const box = useRef<HTMLTextAreaElement>(null);
  const inspection = useInspect(first?.text ? requestOf(first) : null);
  const draft: Draft = { ...typed, dialect };
  const change = (changes: Partial<Draft>) => {
    const next = { ...draft, ...changes };
    setTyped({ text: next.text, run: next.run });
    if (next.dialect !== dialect) void setDialect(next.dialect);
    if (changes.dialect !== undefined) inspection.ask(requestOf(next));
    else if (next.text.length <= readAtOnceChars) inspection.askSoon(requestOf(next));
    // What stood there is of another text.
    else inspection.ask({ text: "" });
  };
  const showExample = (example: InspectExample) => {
    const next: Draft = { text: example.text, run: example.run ?? "", dialect: null };
    setTyped({ text: next.text, run: next.run });
    void setDialect(null);
    inspection.ask(requestOf(next));
  };
  useShortcuts("Inspect events", [{ keys: "/", label: "Focus the text", run: () => box.current?.focus() }]);
  return (
    <>
      <PageHeader title="Inspect events" />
      <div className="flex min-h-0 flex-1 flex-col border-t max-lg:overflow-y-auto lg:grid lg:grid-cols-[minmax(20rem,2fr)_3fr]">
        <InspectForm draft={draft} onDraft={change} onExample={showExample} onRead={() => inspection.ask(requestOf(draft))} boxRef={box} />
        <section
          aria-label="Results"
          aria-busy={inspection.isReading}
          className="min-h-0 bg-panel max-lg:shrink-0 max-lg:border-t lg:overflow-y-auto lg:border-l"
        >
          <Findings inspection={inspection} onDialect={(chosen) => change({ dialect: chosen })} />
        </section>
      </div>
    </>
  );
}

function requestOf({ text, run, dialect }: Draft): InspectRequest {
  return { text, ...(dialect ? { dialect } : {}), ...(run.trim() ? { run: run.trim() } : {}) };
}

type FindingsProps = { readonly inspection: Inspection; readonly onDialect: (dialect: Dialect) => void };

function Findings({ inspection: { reply, error, isReading }, onDialect }: FindingsProps) {
  if (error) return <ErrorState className="m-4" title="These events could not be inspected." error={error} />;
  if (reply) return <Events reply={reply} onDialect={onDialect} />;
  if (isReading) return <SkeletonRows rows={6} />;
  return (
    <EmptyState icon={ScanSearch} title="See what an event becomes">
      Paste events from any of the five systems, or choose an example. You see which run each belongs to, what it becomes, and by which
      rule.
    </EmptyState>
  );
}

function Events({ reply, onDialect }: { readonly reply: InspectReply; readonly onDialect: (dialect: Dialect) => void }) {
  const { events, total, inspected } = reply;
  return (
    <>
      <DialectReadings reply={reply} onDialect={onDialect} />
      {events.map((event) => (
        <InspectedEventCard
          key={`${reply.dialect} ${event.index}`}
          event={event}
          openAtFirst={total <= mostOpen || (event.refusal !== undefined && total <= mostOpenRefusals)}
        />
      ))}
      {total > events.length && (
        <p className="px-4 py-3 text-muted">
          The first {events.length.toLocaleString("en")} are listed; the figures above count{" "}
          {inspected < total ? `the first ${inspected.toLocaleString("en")} of` : "all"} {total.toLocaleString("en")}.
        </p>
      )}
    </>
  );
}
