"use client";
import { ListX, Rows3 } from "lucide-react";
import { type ReactNode, useCallback, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useEventsOfTypes } from "@/lib/client/hooks/use-events-of-types";
import { useRunEvents } from "@/lib/client/hooks/use-run-events";
import { type EventFamily, typesOf } from "./event-families";
import { EventGrid } from "./event-grid";
import { EventGap, EventRow } from "./event-row";
import { FamilyChips } from "./family-chips";
import { useSeen } from "./use-seen";

export type EventsViewProps = {
  readonly runId: string;
  readonly lastSeq: number;
  readonly unknown: number;
  readonly selectedSeq: number | null;
  readonly onSelect: (seq: number) => void;
  readonly families: readonly EventFamily[];
  readonly onFamilies: (families: readonly EventFamily[]) => void;
  readonly live: boolean;
  readonly follow: boolean;
  readonly onFollowChange: (follow: boolean) => void;
};

/** The log itself. Without a filter it is addressed by seq; with one it is read in order. */
export function EventsView(props: EventsViewProps) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FamilyChips chosen={props.families} unknown={props.unknown} onChange={props.onFamilies} />
      <div className="min-h-0 flex-1">{props.families.length === 0 ? <AllEvents {...props} /> : <SomeEvents {...props} />}</div>
    </div>
  );
}

function AllEvents({ runId, lastSeq, selectedSeq, onSelect, live, follow, onFollowChange }: EventsViewProps) {
  const { at, want, error, retry } = useRunEvents(runId, lastSeq);
  const seen = useSeen();
  const onRange = useCallback((first: number, last: number) => seen.note(first + 1, last + 1, want), [seen, want]);
  const retryHere = () => {
    retry();
    seen.again(want);
  };
  return (
    <WithError error={error} onRetry={retryHere}>
      <EventGrid
        count={lastSeq}
        selectedRow={selectedSeq === null || selectedSeq > lastSeq ? -1 : selectedSeq - 1}
        renderRow={(row, place) => {
          const slot = at(row + 1);
          if (slot.status !== "loaded")
            return <EventGap key={row} seq={row + 1} row={row} rowPx={place.rowPx} dropped={slot.status === "dropped"} />;
          return <EventRow key={row} event={slot.event} row={row} selected={row + 1 === selectedSeq} {...place} />;
        }}
        onRange={onRange}
        onSelectRow={(row) => onSelect(row + 1)}
        follow={follow && live}
        onFollowChange={live ? onFollowChange : undefined}
        empty={
          <EmptyState icon={Rows3} title="No events yet">
            The run is known, but nothing of it has arrived.
          </EmptyState>
        }
      />
    </WithError>
  );
}

function SomeEvents({ runId, lastSeq, selectedSeq, onSelect, families, onFamilies, live, follow, onFollowChange }: EventsViewProps) {
  const types = useMemo(() => typesOf(families), [families]);
  const { events, isPending, hasMore, loadMore, error, retry } = useEventsOfTypes(runId, types, lastSeq);
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (hasMore && last >= events.length - loadAheadRows) loadMore();
    },
    [hasMore, events.length, loadMore],
  );
  if (isPending) return <SkeletonRows rows={8} />;
  return (
    <WithError error={error} onRetry={retry}>
      <EventGrid
        count={events.length}
        selectedRow={selectedSeq === null ? -1 : events.findIndex((event) => event.seq === selectedSeq)}
        renderRow={(row, place) => {
          const event = events[row];
          return event && <EventRow key={event.seq} event={event} row={row} selected={event.seq === selectedSeq} {...place} />;
        }}
        onRange={onRange}
        onSelectRow={(row) => events[row] && onSelect(events[row].seq)}
        follow={follow && live && !hasMore}
        onFollowChange={live ? onFollowChange : undefined}
        empty={
          <EmptyState icon={ListX} title="No event of this kind" action={<Button onClick={() => onFamilies([])}>Show all events</Button>}>
            {live ? "One that comes will appear here." : "This run has none."}
          </EmptyState>
        }
      />
    </WithError>
  );
}

const loadAheadRows = 60;

function WithError({
  error,
  onRetry,
  children,
}: {
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      {error && (
        <ErrorState
          title="Some events could not be read."
          error={error}
          kept="What is shown was read before."
          onRetry={onRetry}
          className="m-2 shrink-0"
        />
      )}
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
