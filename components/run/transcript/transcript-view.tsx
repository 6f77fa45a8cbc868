"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { MessagesSquare, SearchX } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { TranscriptEntry, TranscriptState } from "@/lib/core/run/transcript-state";
import { entryOfSeq, prepareTranscript } from "./prepare-transcript";
import { TranscriptEntryRow } from "./transcript-entry";

export type TranscriptViewProps = {
  readonly transcript: TranscriptState;
  readonly originMs: number;
  readonly selectedSeq: number | null;
  readonly onSelect: (seq: number) => void;
  readonly search: string;
  readonly errorsOnly: boolean;
  readonly onClearFilter: () => void;
  readonly live: boolean;
  readonly follow: boolean;
  readonly onFollowChange: (follow: boolean) => void;
};

const endSlackPx = 48;
const guessPx = 40;

/** What was said and done, in order. Stays at the end while following and stands still when the reader scrolls up. */
export function TranscriptView(props: TranscriptViewProps) {
  const { transcript, originMs, selectedSeq, onSelect, errorsOnly, live, follow, onFollowChange } = props;
  const search = useDeferredValue(props.search);
  const entries = useMemo(() => prepareTranscript(transcript.entries, { search, errorsOnly }), [transcript.entries, search, errorsOnly]);
  const selected = selectedSeq === null ? -1 : entryOfSeq(entries, selectedSeq);
  const scroller = useRef<HTMLDivElement>(null);
  const scrolledByReader = useRef(false);
  const following = follow && live;
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessPx,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 10,
    anchorTo: "end",
    followOnAppend: following,
    scrollEndThreshold: following ? endSlackPx : 1,
  });

  useLayoutEffect(() => {
    if (following) virtualizer.scrollToEnd();
  }, [following, virtualizer]);
  const revealed = useRef<number | null>(null);
  useEffect(() => {
    if (selected >= 0 && revealed.current !== selectedSeq) virtualizer.scrollToIndex(selected, { align: "auto" });
    revealed.current = selectedSeq;
  }, [selected, selectedSeq, virtualizer]);

  const onScroll = () => {
    if (!live || !scrolledByReader.current) return;
    scrolledByReader.current = false;
    onFollowChange(virtualizer.isAtEnd(endSlackPx));
  };
  const byReader = () => {
    scrolledByReader.current = true;
  };
  const onClick = (event: MouseEvent) => {
    const seq = (event.target as Element).closest<HTMLElement>("[data-seq]")?.dataset.seq;
    if (seq !== undefined && getSelection()?.isCollapsed !== false) onSelect(Number(seq));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    byReader();
    const entry = (event.target as Element).closest<HTMLElement>("[data-seq]");
    if (event.key !== "Enter" || entry?.dataset.seq === undefined || event.target !== entry) return;
    event.preventDefault();
    onSelect(Number(entry.dataset.seq));
  };

  if (entries.length === 0) return <TranscriptEmpty filtered={transcript.entries.length > 0} onClearFilter={props.onClearFilter} />;
  return (
    <div
      ref={scroller}
      className="h-full overflow-y-auto overscroll-contain py-2"
      onScroll={onScroll}
      onWheel={byReader}
      onTouchMove={byReader}
      onPointerDown={byReader}
      onKeyDown={onKeyDown}
      onClick={onClick}
      role="log"
      aria-live="off"
      aria-label="Transcript"
    >
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const entry = entries[item.index] as TranscriptEntry;
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TranscriptEntryRow
                entry={entry}
                originMs={originMs}
                selected={item.index === selected}
                sameAgent={entries[item.index - 1]?.agent === entry.agent}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function TranscriptEmpty({ filtered, onClearFilter }: { readonly filtered: boolean; readonly onClearFilter: () => void }) {
  if (filtered)
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing in the transcript matches"
        action={<Button onClick={onClearFilter}>Show everything</Button>}
      />
    );
  return (
    <EmptyState icon={MessagesSquare} title="Nothing has been said yet">
      Words, thoughts, tool calls, messages, logs and artifacts appear here as they arrive.
    </EmptyState>
  );
}
