"use client";
import { MessagesSquare, SearchX } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useDeferredValue, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { heldEntries } from "@/lib/core/run/run-window";
import type { TranscriptState } from "@/lib/core/run/transcript-state";
import { hasMarkedWords } from "../page/use-hold-still";
import { Part } from "../part";
import { entryOfSeq, prepareTranscript } from "./prepare-transcript";
import { TranscriptEntryRow } from "./transcript-entry";
import { useTranscriptScroll } from "./use-transcript-scroll";

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

/** What was said and done, in order. Stays at the end while following and stands still when the reader scrolls up. */
export function TranscriptView(props: TranscriptViewProps) {
  const { transcript, originMs, selectedSeq, onSelect, errorsOnly } = props;
  const search = useDeferredValue(props.search);
  const entries = useMemo(() => prepareTranscript(heldEntries(transcript), { search, errorsOnly }), [transcript, search, errorsOnly]);
  const selected = selectedSeq === null ? -1 : entryOfSeq(entries, selectedSeq);
  const { scroller, virtualizer, onScroll, byReader } = useTranscriptScroll(entries, selected, props);

  const onClick = (event: MouseEvent) => {
    const seq = seqOf(event.target);
    if (seq !== null && !hasMarkedWords(event.currentTarget)) onSelect(seq);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    byReader(event);
    const seq = event.key === "Enter" ? seqOf(event.target) : null;
    if (seq === null) return;
    event.preventDefault();
    onSelect(seq);
  };

  if (entries.length === 0)
    return <TranscriptEmpty filtered={transcript.entries.length > 0} over={!props.live} onClearFilter={props.onClearFilter} />;
  return (
    <Part
      ref={scroller}
      role="log"
      aria-live="off"
      aria-label="Transcript"
      className="h-full overflow-y-auto overscroll-contain py-2"
      onScroll={onScroll}
      onWheel={byReader}
      onTouchMove={byReader}
      onPointerDown={byReader}
      onPointerUp={byReader}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const entry = entries[item.index];
          if (!entry) return null;
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
    </Part>
  );
}

/** Of the entry that was pressed; null where a button in it was, which is pressed for itself. */
function seqOf(target: EventTarget): number | null {
  const pressed = target instanceof Element ? target.closest<HTMLElement>("button, [data-seq]") : null;
  return pressed?.dataset.seq === undefined ? null : Number(pressed.dataset.seq);
}

type TranscriptEmptyProps = {
  readonly filtered: boolean;
  /** The run has ended. */
  readonly over: boolean;
  readonly onClearFilter: () => void;
};

function TranscriptEmpty({ filtered, over, onClearFilter }: TranscriptEmptyProps) {
  if (filtered)
    return (
      <EmptyState icon={SearchX} title="No matches in the transcript" action={<Button onClick={onClearFilter}>Show everything</Button>}>
        The Events view searches everything that was sent.
      </EmptyState>
    );
  if (over)
    return (
      <EmptyState icon={MessagesSquare} title="The transcript is empty">
        It sent no text, thoughts, tool calls, messages, logs or artifacts. What it did send is under Events.
      </EmptyState>
    );
  return (
    <EmptyState icon={MessagesSquare} title="No transcript yet">
      Text, thoughts, tool calls, messages, logs and artifacts appear here as they arrive.
    </EmptyState>
  );
}
