import { type RefObject, useLayoutEffect, useRef } from "react";
import type { FixedRows } from "@/components/ui/virtual/use-fixed-rows";
import type { PreparedRows } from "./prepare-rows";
import { NONE } from "./span-tree";

type Following = { readonly rows: PreparedRows; readonly list: FixedRows; readonly rowPx: number; readonly follow: boolean };

/**
 * While following, brings the newest span into sight when it is below; otherwise keeps what the reader sees where it is, however
 * many rows come in above. Gives the function to call on every scroll, which remembers what is being read.
 */
export function useFollowRows({ rows, list, rowPx, follow }: Following): () => void {
  const anchor = useRef<{ index: number; offsetPx: number } | null>(null);
  const wasFollowing = useRef(follow);
  const { scrollerRef, scrollTo, showRow } = list;

  useLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const newest = rows.rowOfSpan[rows.rowOfSpan.length - 1] ?? NONE;
    const begins = follow && !wasFollowing.current;
    wasFollowing.current = follow;
    if (follow) {
      const below = (newest + 1) * rowPx > scroller.scrollTop + scroller.clientHeight;
      if (newest !== NONE && (below || begins)) showRow(newest);
    } else if (anchor.current) {
      const row = rows.rowOfSpan[anchor.current.index] ?? NONE;
      if (row !== NONE) scrollTo(row * rowPx - anchor.current.offsetPx);
    }
    remember(anchor, rows, scroller.scrollTop, rowPx);
  }, [rows, follow, rowPx, scrollerRef, scrollTo, showRow]);

  // What opens above the rows (the request of an agent, for instance) leaves less of them in sight.
  const showNewest = useRef(() => {});
  useLayoutEffect(() => {
    showNewest.current = () => {
      const scroller = scrollerRef.current;
      const newest = rows.rowOfSpan[rows.rowOfSpan.length - 1] ?? NONE;
      if (!scroller || !follow || newest === NONE) return;
      if ((newest + 1) * rowPx > scroller.scrollTop + scroller.clientHeight) showRow(newest);
    };
  }, [rows, follow, rowPx, scrollerRef, showRow]);
  useLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const observer = new ResizeObserver(() => showNewest.current());
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scrollerRef]);

  return () => remember(anchor, rows, scrollerRef.current?.scrollTop ?? 0, rowPx);
}

/** The first row in sight and how far it lies below the edge. At the very top there is nothing to hold on to. */
function remember(
  anchor: RefObject<{ index: number; offsetPx: number } | null>,
  rows: PreparedRows,
  scrollTop: number,
  rowPx: number,
): void {
  const first = Math.ceil(scrollTop / rowPx);
  const index = rows.order[first];
  anchor.current = scrollTop < 1 || index === undefined || index < 0 ? null : { index, offsetPx: first * rowPx - scrollTop };
}
