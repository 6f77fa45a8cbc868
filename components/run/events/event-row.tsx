import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { MarkedText } from "@/components/ui/marked-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { ApiEvent } from "@/lib/core/api/event";
import type { Sought } from "@/lib/core/events/sought";
import { Part } from "../part";
import { familyOf, familyTones } from "./event-families";
import { gistOf } from "./gist";

/** Columns: seq, time, canonical type, sender's type, agent, summary. Narrower forms drop the agent first, then the sender's type, then the time: what an event says is worth more. */
export const eventColumns =
  "grid grid-cols-[4rem_8rem_minmax(0,1fr)] items-center gap-x-3 px-3 @[640px]/run-view:grid-cols-[4.5rem_7rem_minmax(8rem,10rem)_minmax(0,1fr)] @[820px]/run-view:grid-cols-[4.5rem_7rem_minmax(8rem,10rem)_minmax(8rem,12rem)_minmax(0,1fr)] @[960px]/run-view:grid-cols-[4.5rem_7rem_minmax(8rem,11rem)_minmax(8rem,13rem)_minmax(5rem,9rem)_minmax(0,1fr)]";
export const wideOnly = "hidden @[640px]/run-view:block";
export const widerOnly = "hidden @[820px]/run-view:block";
export const widestOnly = "hidden @[960px]/run-view:block";

type EventRowProps = {
  readonly seq: number;
  /** null = it is being read, or `dropped`: retention no longer holds it. */
  readonly event: ApiEvent | null;
  readonly dropped?: boolean;
  readonly row: number;
  readonly rowPx: number;
  readonly selected: boolean;
  readonly focused: boolean;
  /** What is looked for, and stands out. */
  readonly sought?: Sought | null;
};

/** One element from the moment that its place is in sight: the keyboard that stands on it stays there while the event is read. */
export const EventRow = memo(function EventRow({
  seq,
  event,
  row,
  rowPx,
  selected,
  focused,
  dropped = false,
  sought = null,
}: EventRowProps) {
  return (
    <Part
      role="row"
      data-row={row}
      data-seq={seq}
      aria-rowindex={row + 2}
      aria-selected={selected}
      tabIndex={focused ? 0 : -1}
      className={classNames(eventColumns, "absolute inset-x-0 -outline-offset-2", selected ? "bg-selected" : "hover:bg-hover")}
      style={{ top: row * rowPx, height: rowPx }}
    >
      <Part role="gridcell" className="figures text-right font-code text-faint">
        {seq.toLocaleString("en")}
      </Part>
      {event ? <EventCells event={event} sought={sought} /> : <Gap dropped={dropped} />}
    </Part>
  );
});

function EventCells({ event, sought }: { readonly event: ApiEvent; readonly sought: Sought | null }) {
  const family = familyOf(event.type);
  const gist = gistOf(event, sought);
  return (
    <>
      <Part role="gridcell" className={classNames(wideOnly, "figures truncate font-code text-muted")}>
        <EventTime event={event} />
      </Part>
      <Part role="gridcell" className={classNames("truncate", familyTones[family])}>
        <MarkedText text={event.type} marked={sought} />
      </Part>
      <Part role="gridcell" className={classNames(widerOnly, "truncate font-code text-muted")}>
        {event.source.type === "" ? (
          <span className="text-faint">none</span>
        ) : (
          <MarkedText text={event.source.type.slice(0, 120)} marked={sought} />
        )}
      </Part>
      <Part role="gridcell" className={classNames(widestOnly, "truncate text-muted")}>
        {event.agent && <MarkedText text={event.agent.slice(0, 120)} marked={sought} />}
      </Part>
      <Part role="gridcell" className={classNames("truncate text-muted", gist.isJson && "font-code")} dir="auto">
        <MarkedText text={gist.text} marked={sought} />
      </Part>
    </>
  );
}

function Gap({ dropped }: { readonly dropped: boolean }) {
  return (
    <Part role="gridcell" className="col-span-2 truncate text-faint text-meta">
      {dropped ? "removed by retention" : <Skeleton className="h-2.5 w-28" />}
    </Part>
  );
}

/** The sender's clock; ours, marked, where it sent no time. */
function EventTime({ event }: { readonly event: ApiEvent }) {
  const at = event.occurredAt ?? event.receivedAt;
  const clock = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  const shown = `${two(clock.getHours())}:${two(clock.getMinutes())}:${two(clock.getSeconds())}.${String(clock.getMilliseconds()).padStart(3, "0")}`;
  const title = `${event.occurredAt ? `sent ${event.occurredAt}` : "the sender gave no time"}\nreceived ${event.receivedAt}`;
  return (
    <time dateTime={at} title={title} suppressHydrationWarning>
      {shown}
      {!event.occurredAt && <span className="text-faint">*</span>}
    </time>
  );
}
