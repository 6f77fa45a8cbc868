import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useMarkedRows } from "@/components/ui/virtual/use-marked-rows";
import { withMarked } from "@/components/ui/virtual/with-marked";
import type { TranscriptEntry } from "@/lib/core/run/transcript-state";
import { entryOfSeq } from "./prepare-transcript";

type Following = {
  readonly selectedSeq: number | null;
  readonly live: boolean;
  readonly follow: boolean;
  readonly onFollowChange: (follow: boolean) => void;
};

const endSlackPx = 48;
const guessPx = 40;
/** A scroll so soon after a wheel, key or touch is the reader's; while a pointer is down on the scrollbar, every one is. */
const intentMs = 500;

/** A list of uneven entries that keeps its end in sight while following, and lets go only when the reader scrolls. */
export function useTranscriptScroll(
  entries: readonly TranscriptEntry[],
  selected: number,
  { selectedSeq, live, follow, onFollowChange }: Following,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const readerUntil = useRef(0);
  const following = follow && live;
  // With another function all entries are put in their places anew, at each frame of a scroll.
  const keyOf = useCallback((index: number) => entries[index]?.id ?? index, [entries]);
  const marked = useMarkedRows(scroller, "data-seq");
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessPx,
    getItemKey: keyOf,
    overscan: 10,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return marked ? withMarked(shown, entryOfSeq(entries, marked.anchor), entryOfSeq(entries, marked.focus)) : shown;
    },
    anchorTo: "end",
    followOnAppend: following,
    scrollEndThreshold: following ? endSlackPx : 1,
  });
  const isEmpty = entries.length === 0;
  useLayoutEffect(() => {
    const list = scroller.current;
    if (!following || isEmpty || !list) return;
    virtualizer.scrollToEnd();
    // What opens above the transcript (the request of an agent, for instance) leaves less of its end in sight.
    const observer = new ResizeObserver(() => virtualizer.scrollToEnd());
    observer.observe(list);
    return () => observer.disconnect();
  }, [following, isEmpty, virtualizer]);
  const revealed = useRef<number | null>(null);
  useEffect(() => {
    if (selected >= 0 && revealed.current !== selectedSeq) virtualizer.scrollToIndex(selected, { align: "auto" });
    revealed.current = selectedSeq;
  }, [selected, selectedSeq, virtualizer]);

  const byReader = (event: { readonly type: string }) => {
    readerUntil.current = event.type === "pointerdown" ? Number.POSITIVE_INFINITY : performance.now() + intentMs;
  };
  const onScroll = () => {
    const list = scroller.current;
    if (!list || !live || performance.now() > readerUntil.current) return;
    onFollowChange(list.scrollHeight - list.clientHeight - list.scrollTop <= endSlackPx);
  };
  return { scroller, virtualizer, onScroll, byReader };
}
