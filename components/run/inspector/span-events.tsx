"use client";
import { useEffect } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { ErrorState } from "@/components/ui/error-state";
import { SafeText } from "@/components/ui/safe-text";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useRunEvents } from "@/lib/client/hooks/use-run-events";
import type { ApiEvent } from "@/lib/core/api/event";
import type { Span } from "@/lib/core/run/timeline-state";
import { familyOf, familyTones } from "../events/event-families";

type SpanEventsProps = {
  readonly runId: string;
  readonly span: Span;
  readonly lastSeq: number;
  readonly onSelectSeq: (seq: number) => void;
};

/** So many events from the span's first on are looked through; more are in the Events view. */
const window = 400;

/** The events between a span's first and last that are of its agent or its call. */
export function SpanEvents({ runId, span, lastSeq, onSelectSeq }: SpanEventsProps) {
  const { at, want, error, retry } = useRunEvents(runId, lastSeq);
  const last = Math.min(span.closeSeq ?? lastSeq, lastSeq);
  const until = Math.min(last, span.openSeq + window - 1);
  useEffect(() => want(span.openSeq, until), [want, span.openSeq, until]);
  const events: ApiEvent[] = [];
  let loading = false;
  for (let seq = span.openSeq; seq <= until; seq++) {
    const slot = at(seq);
    if (slot.status === "loading") loading = true;
    else if (slot.status === "loaded" && belongsTo(slot.event, span)) events.push(slot.event);
  }
  if (error) return <ErrorState title="The events could not be loaded." error={error} onRetry={retry} className="m-3" />;
  if (loading && events.length === 0) return <SkeletonRows rows={4} />;
  return (
    <>
      <ul>
        {events.map((event) => (
          <li key={event.seq}>
            <BareButton
              onClick={() => onSelectSeq(event.seq)}
              className="grid h-(--row) w-full grid-cols-[3.5rem_minmax(6rem,auto)_minmax(0,1fr)] items-center gap-2 px-3 text-left -outline-offset-2 hover:bg-hover"
            >
              <span className="figures text-right font-code text-faint">{event.seq.toLocaleString("en")}</span>
              <span className={`truncate ${familyTones[familyOf(event.type)]}`}>{event.type}</span>
              <span className="truncate text-muted">{event.summary && <SafeText text={event.summary.slice(0, 160)} />}</span>
            </BareButton>
          </li>
        ))}
      </ul>
      {until < last && <p className="px-3 py-2 text-faint text-meta">Only the first {window} events from its start are searched here.</p>}
    </>
  );
}

function belongsTo(event: ApiEvent, span: Span): boolean {
  if (event.seq === span.openSeq || event.seq === span.closeSeq) return true;
  if (span.callId !== null && event.callId === span.callId) return true;
  return span.kind === "agent" && event.agent === span.agent;
}
