import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useInBrowser } from "../use-in-browser";
import { scrollToShow, type VisibleRange, visibleRange } from "./visible-range";

export type FixedRows = {
  readonly scrollerRef: RefObject<HTMLDivElement | null>;
  readonly range: VisibleRange;
  readonly totalPx: number;
  /** Call it from the scroller's onScroll; true when a person moved it, false when `scrollTo` did. */
  readonly onScroll: () => boolean;
  readonly scrollTo: (top: number) => void;
  readonly showRow: (row: number) => void;
};

/** Drawn where nobody knows yet how many are in sight. */
const unmeasuredRows = 40;

/**
 * Windowing for rows of one height: the range follows from the scroll position alone, so a list of 100,000 rows costs the same
 * as one of 50 and its scrollbar is exact. `coveredPx` = what a head that stays covers of the scroller.
 */
export function useFixedRows(count: number, rowPx: number, coveredPx = 0): FixedRows {
  const scrollerRef = useRef<HTMLDivElement | null>(null);
  const setTop = useRef<number | null>(null);
  // The server draws the first rows. A list that the browser opens draws none before it stands where it belongs, which is mostly not there.
  const unmeasured = useInBrowser() ? 0 : unmeasuredRows;
  const [range, setRange] = useState<VisibleRange>({ first: 0, last: Math.min(count, unmeasured) - 1 });

  const measure = useCallback(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const next = visibleRange({ scrollTop: scroller.scrollTop, heightPx: scroller.clientHeight }, { count, rowPx });
    setRange((known) => (known.first === next.first && known.last === next.last ? known : next));
  }, [count, rowPx]);

  const latestMeasure = useRef(measure);
  useLayoutEffect(() => {
    latestMeasure.current = measure;
    measure();
  }, [measure]);
  useLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const observer = new ResizeObserver(() => latestMeasure.current());
    observer.observe(scroller);
    return () => observer.disconnect();
  }, []);

  const onScroll = useCallback(() => {
    const top = scrollerRef.current?.scrollTop ?? 0;
    const byUs = setTop.current !== null && Math.abs(setTop.current - top) < 2;
    setTop.current = null;
    measure();
    return !byUs;
  }, [measure]);

  const scrollTo = useCallback((top: number) => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const reachable = Math.max(0, Math.min(top, scroller.scrollHeight - scroller.clientHeight));
    if (Math.abs(scroller.scrollTop - reachable) < 1) return;
    setTop.current = reachable;
    scroller.scrollTop = reachable;
    // The scroll event comes a frame later: without this, that frame would show the place without its rows.
    latestMeasure.current();
  }, []);

  const showRow = useCallback(
    (row: number) => {
      const scroller = scrollerRef.current;
      if (scroller) scrollTo(scrollToShow(row, rowPx, { scrollTop: scroller.scrollTop, heightPx: scroller.clientHeight - coveredPx }));
    },
    [rowPx, coveredPx, scrollTo],
  );

  return { scrollerRef, range, totalPx: count * rowPx, onScroll, scrollTo, showRow };
}
