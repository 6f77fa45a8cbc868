"use client";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { classNames } from "./class-names";
import { useRowHeight } from "./row-height";
import { useFixedRows } from "./virtual/use-fixed-rows";

export type VirtualListHandle = { readonly scrollToIndex: (index: number) => void };

type VirtualListProps = {
  readonly count: number;
  /** Height of a row in px; "row" = the density's. */
  readonly rowHeight?: number | "row";
  readonly keyOf: (index: number) => string | number;
  readonly renderRow: (index: number) => ReactNode;
  /** First and last index in sight, whenever they change. */
  readonly onRange?: (first: number, last: number) => void;
  readonly handle?: Ref<VirtualListHandle>;
  readonly role?: "list" | "rowgroup";
  readonly className?: string;
  /** Stands above the rows while they scroll; `headerHeight` px high. */
  readonly header?: ReactNode;
  readonly headerHeight?: number;
  readonly footer?: ReactNode;
  /** Name of what is listed: a list that is left and opened again stands where it stood. */
  readonly place?: string;
};

const places = new Map<string, number>();

/** A scrolling list of any length that draws only what is in sight. It fills its parent, which sets the height. */
export function VirtualList(props: VirtualListProps) {
  const { count, rowHeight = "row", keyOf, renderRow, onRange, handle, role, className, headerHeight = 0, place } = props;
  const densityHeight = useRowHeight();
  const rowPx = rowHeight === "row" ? densityHeight : rowHeight;
  const list = useFixedRows(count, rowPx, headerHeight);
  const { scrollerRef, range, scrollTo, showRow } = list;
  useImperativeHandle(handle, () => ({ scrollToIndex: showRow }), [showRow]);
  const shownPlace = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (shownPlace.current === place) return;
    shownPlace.current = place;
    scrollTo(place === undefined ? 0 : (places.get(place) ?? 0));
  }, [place, scrollTo]);
  const first = range.first;
  const last = Math.min(range.last, count - 1);
  useEffect(() => {
    if (last >= first) onRange?.(first, last);
  }, [first, last, onRange]);
  const rows: number[] = [];
  for (let row = first; row <= last; row++) rows.push(row);
  return (
    <div
      ref={scrollerRef}
      onScroll={(event) => {
        list.onScroll();
        if (place !== undefined) places.set(place, event.currentTarget.scrollTop);
      }}
      className={classNames("h-full overflow-auto overscroll-contain", className)}
    >
      {props.header}
      <div role={role} className="relative w-full" style={{ height: list.totalPx }}>
        {rows.map((row) => (
          <div
            key={keyOf(row)}
            role={role === "list" ? "listitem" : "presentation"}
            className="absolute inset-x-0"
            style={{ height: rowPx, top: row * rowPx }}
          >
            {renderRow(row)}
          </div>
        ))}
      </div>
      {props.footer}
    </div>
  );
}
