"use client";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useLayoutEffect } from "react";
import { classNames } from "@/components/ui/class-names";
import { useRowHeight } from "@/components/ui/row-height";
import { rowForKey } from "@/components/ui/virtual/row-for-key";
import { useFixedRows } from "@/components/ui/virtual/use-fixed-rows";
import { useMarkedRows } from "@/components/ui/virtual/use-marked-rows";
import { useSelectedRow } from "@/components/ui/virtual/use-selected-row";
import { withMarked } from "@/components/ui/virtual/with-marked";
import { hasMarkedWords } from "../page/use-hold-still";
import { Part } from "../part";
import { eventColumns, wideOnly, widerOnly, widestOnly } from "./event-row";

export type EventGridProps = {
  readonly count: number;
  /** -1 = the selected event is not among them. */
  readonly selectedRow: number;
  readonly renderRow: (row: number, place: { readonly rowPx: number; readonly focused: boolean }) => ReactNode;
  readonly onRange: (first: number, last: number) => void;
  readonly onSelectRow: (row: number) => void;
  readonly follow: boolean;
  /** undefined = the run is over, there is nothing to follow. */
  readonly onFollowChange: ((follow: boolean) => void) | undefined;
  readonly empty: ReactNode;
};

const bottomSlackPx = 40;

/** The grid around event rows: exact scrollbar, one selected row, keys, and the end in sight while following. */
export function EventGrid(props: EventGridProps) {
  const { count, selectedRow, renderRow, onRange, onSelectRow, follow, onFollowChange, empty } = props;
  const rowPx = useRowHeight();
  const list = useFixedRows(count, rowPx);
  const { range, scrollerRef, scrollTo } = list;
  const focusedRow = Math.max(0, selectedRow);
  const marked = useMarkedRows(scrollerRef, "data-row");

  useEffect(() => {
    if (range.last >= range.first) onRange(range.first, range.last);
  }, [range, onRange]);
  useLayoutEffect(() => {
    if (follow) scrollTo(count * rowPx);
  }, [follow, count, rowPx, scrollTo]);
  const focusNext = useSelectedRow(list, selectedRow);

  const onScroll = () => {
    const scroller = scrollerRef.current;
    if (list.onScroll() && scroller) onFollowChange?.(scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - bottomSlackPx);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = rowForKey(event.key, focusedRow, count);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusNext();
    onSelectRow(target);
  };
  const onClick = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-row]")?.dataset.row;
    if (row !== undefined && !hasMarkedWords(event.currentTarget)) onSelectRow(Number(row));
  };

  const inSight: number[] = [];
  for (let row = range.first; row <= Math.min(range.last, count - 1); row++) inSight.push(row);
  const rows = marked && Math.max(marked.anchor, marked.focus) < count ? withMarked(inSight, marked.anchor, marked.focus) : inSight;
  if (selectedRow >= 0 && selectedRow < count && !rows.includes(selectedRow)) rows.push(selectedRow);
  return (
    <Part
      role="grid"
      aria-label="Events"
      aria-rowcount={count + 1}
      className="flex h-full min-h-0 flex-col"
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <EventHead />
      <Part
        ref={scrollerRef}
        data-place={follow ? undefined : "events"}
        role="rowgroup"
        onScroll={onScroll}
        className="relative min-h-0 flex-1 overflow-y-scroll overscroll-contain"
      >
        <div role="presentation" className="relative" style={{ height: list.totalPx }}>
          {rows.map((row) => renderRow(row, { rowPx, focused: row === focusedRow }))}
        </div>
        {count === 0 && empty}
      </Part>
    </Part>
  );
}

function EventHead() {
  return (
    <div className="shrink-0 overflow-y-scroll border-b [scrollbar-color:transparent_transparent]">
      <Part role="row" aria-rowindex={1} className={classNames(eventColumns, "h-7 text-faint text-meta")}>
        <Part role="columnheader" className="text-right">
          Seq
        </Part>
        <Part role="columnheader" className={wideOnly}>
          Time
        </Part>
        <Part role="columnheader">Type</Part>
        <Part role="columnheader" className={widerOnly}>
          Sender's type
        </Part>
        <Part role="columnheader" className={widestOnly}>
          Agent
        </Part>
        <Part role="columnheader">Summary</Part>
      </Part>
    </div>
  );
}
