"use client";
import { Rows3 } from "lucide-react";
import { useCallback } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { useRunEvents } from "@/lib/client/hooks/use-run-events";
import { useSettled } from "@/lib/client/hooks/use-settled";
import type { EventFamily } from "./event-families";
import { EventGrid } from "./event-grid";
import { EventRow } from "./event-row";
import { FamilyChips } from "./family-chips";
import { SomeEvents } from "./some-events";
import { useSeen } from "./use-seen";
import { WithError } from "./with-error";

export type EventsViewProps = {
  readonly runId: string;
  readonly lastSeq: number;
  readonly unknown: number;
  readonly selectedSeq: number | null;
  readonly onSelect: (seq: number) => void;
  readonly families: readonly EventFamily[];
  readonly onFamilies: (families: readonly EventFamily[]) => void;
  readonly search: string;
  readonly errorsOnly: boolean;
  /** Takes every filter away. */
  readonly onShowAll: () => void;
  readonly live: boolean;
  readonly follow: boolean;
  readonly onFollowChange: (follow: boolean) => void;
};

const typingMs = 250;

/** The log itself. Without a filter it is addressed by seq; with one it is read in order. */
export function EventsView(props: EventsViewProps) {
  const typed = props.search.trim();
  const settled = useSettled(typed, typingMs);
  const search = typed === "" ? "" : settled;
  const { families, errorsOnly } = props;
  const isNarrowed = families.length > 0 || search !== "" || errorsOnly;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FamilyChips chosen={props.families} unknown={props.unknown} onChange={props.onFamilies} />
      <div className="min-h-0 flex-1">
        {isNarrowed ? (
          <SomeEvents key={`${families} ${errorsOnly} ${search}`} {...props} search={search} isTyping={typed !== search} />
        ) : (
          <AllEvents {...props} />
        )}
      </div>
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
          const seq = row + 1;
          const slot = at(seq);
          const event = slot.status === "loaded" ? slot.event : null;
          return (
            <EventRow key={seq} {...{ seq, event, row }} dropped={slot.status === "dropped"} selected={seq === selectedSeq} {...place} />
          );
        }}
        onRange={onRange}
        onSelectRow={(row) => onSelect(row + 1)}
        follow={follow && live}
        onFollowChange={live ? onFollowChange : undefined}
        empty={
          <EmptyState icon={Rows3} title="No events yet">
            The run is known, but none of its events have arrived.
          </EmptyState>
        }
      />
    </WithError>
  );
}
