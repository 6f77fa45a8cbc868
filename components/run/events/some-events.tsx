"use client";
import { SearchX } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useFoundEvents } from "@/lib/client/hooks/use-found-events";
import { soughtWords } from "@/lib/core/events/sought";
import { typesOf } from "./event-families";
import { EventGrid } from "./event-grid";
import { EventRow } from "./event-row";
import type { EventsViewProps } from "./events-view";
import { FoundLine } from "./found-line";
import { WithError } from "./with-error";

const firstRows = 60;
const loadAheadRows = 60;

type SomeEventsProps = EventsViewProps & { readonly isTyping: boolean };

/** What the filters find, read in order. */
export function SomeEvents({ runId, lastSeq, selectedSeq, onSelect, live, follow, onFollowChange, ...asked }: SomeEventsProps) {
  const { families, errorsOnly, search, isTyping } = asked;
  const types = useMemo(() => typesOf(families), [families]);
  const sought = useMemo(() => soughtWords(search), [search]);
  const filter = { types, errorsOnly, search };
  const { events, readUpTo, isWhole, isFull, want, error, retry } = useFoundEvents(runId, filter, lastSeq);
  const inSight = useRef(firstRows);
  useEffect(() => want(inSight.current), [want]);
  const onRange = useCallback(
    (_first: number, last: number) => {
      inSight.current = Math.max(firstRows, last + loadAheadRows);
      want(inSight.current);
    },
    [want],
  );
  const isAwaited = isTyping || (!isWhole && !isFull && events.length < firstRows && error === null);
  return (
    <WithError error={error} onRetry={retry}>
      <div className="flex h-full min-h-0 flex-col">
        <FoundLine {...{ count: events.length, readUpTo, lastSeq, isWhole, isAwaited, isFull, live }} />
        <div className="min-h-0 flex-1">
          {events.length === 0 && !isWhole ? (
            isAwaited && <SkeletonRows rows={8} />
          ) : (
            <EventGrid
              count={events.length}
              selectedRow={selectedSeq === null ? -1 : events.findIndex((event) => event.seq === selectedSeq)}
              renderRow={(row, place) => {
                const event = events[row];
                return (
                  event && (
                    <EventRow key={event.seq} seq={event.seq} {...{ event, row, sought }} selected={event.seq === selectedSeq} {...place} />
                  )
                );
              }}
              onRange={onRange}
              onSelectRow={(row) => events[row] && onSelect(events[row].seq)}
              follow={follow && live && isWhole}
              onFollowChange={live ? onFollowChange : undefined}
              empty={!isAwaited && <NothingFound live={live} filter={filter} onShowAll={asked.onShowAll} />}
            />
          )}
        </div>
      </div>
    </WithError>
  );
}

type NothingFoundProps = {
  readonly live: boolean;
  readonly filter: { readonly errorsOnly: boolean; readonly search: string };
  readonly onShowAll: () => void;
};

function NothingFound({ live, filter: { errorsOnly, search }, onShowAll }: NothingFoundProps) {
  const title = search !== "" ? "No matching events" : errorsOnly ? "No failed events" : "No events of this kind";
  return (
    <EmptyState icon={SearchX} title={title} action={<Button onClick={onShowAll}>Show all events</Button>}>
      {live ? "New ones will appear here." : "This run has none."}
    </EmptyState>
  );
}
