"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { classNames } from "./class-names";

export type VirtualListHandle = { readonly scrollToIndex: (index: number) => void };

type VirtualListProps = {
  readonly count: number;
  /** Height of a row in px; "row" = the density's. */
  readonly rowHeight?: number | "row";
  /** Rows measure themselves; `rowHeight` is then the first guess. */
  readonly measured?: boolean;
  readonly keyOf: (index: number) => string | number;
  readonly renderRow: (index: number) => ReactNode;
  /** First and last index in sight, whenever they change. */
  readonly onRange?: (first: number, last: number) => void;
  readonly overscan?: number;
  readonly handle?: Ref<VirtualListHandle>;
  readonly label?: string;
  readonly role?: "list" | "rowgroup" | "tree" | "listbox" | "presentation";
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
  const {
    count,
    rowHeight = "row",
    measured = false,
    keyOf,
    renderRow,
    onRange,
    overscan = 8,
    handle,
    label,
    role,
    className,
    headerHeight = 0,
    place,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const densityHeight = useRowHeight();
  const height = rowHeight === "row" ? densityHeight : rowHeight;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: keyOf,
    overscan,
    initialRect,
    initialOffset: () => (place === undefined ? 0 : (places.get(place) ?? 0)),
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
  });
  useEffect(() => {
    if (height > 0) virtualizer.measure();
  }, [height, virtualizer]);
  useImperativeHandle(handle, () => ({ scrollToIndex: (index) => virtualizer.scrollToIndex(index, { align: "auto" }) }), [virtualizer]);
  const shownPlace = useRef(place);
  useLayoutEffect(() => {
    if (shownPlace.current === place) return;
    shownPlace.current = place;
    scroller.current?.scrollTo({ top: place === undefined ? 0 : (places.get(place) ?? 0) });
  }, [place]);
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= first) onRange?.(first, last);
  }, [first, last, onRange]);
  return (
    <div
      ref={scroller}
      onScroll={(event) => place !== undefined && places.set(place, event.currentTarget.scrollTop)}
      className={classNames("h-full overflow-auto overscroll-contain", className)}
    >
      {props.header}
      <div {...{ role, "aria-label": label }} className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={item.key}
            data-index={item.index}
            ref={measured ? virtualizer.measureElement : undefined}
            role={role === "list" ? "listitem" : "presentation"}
            className="absolute inset-x-0 top-0"
            style={{ height: measured ? undefined : item.size, transform: `translateY(${item.start - headerHeight}px)` }}
          >
            {renderRow(item.index)}
          </div>
        ))}
      </div>
      {props.footer}
    </div>
  );
}

const defaultRowHeight = 28;
/** What the server takes the list's size for: rows to fill a screen with before the browser has measured it. */
const initialRect = { width: 1_200, height: 800 };

/** The density's row height in px, as the stylesheet has it. */
export function useRowHeight(): number {
  return useSyncExternalStore(onDensityChange, readRowHeight, () => defaultRowHeight);
}

/** Calls back when the density was changed. */
export function onDensityChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-density"] });
  return () => observer.disconnect();
}

function readRowHeight(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || defaultRowHeight;
}
