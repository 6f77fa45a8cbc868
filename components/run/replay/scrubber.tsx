import { type KeyboardEvent, memo, type PointerEvent, useRef } from "react";
import { shareAt } from "@/components/ui/share-at";
import { Part } from "../part";
import type { PlacedMarks } from "./use-marks";

type ScrubberProps = {
  /** The shown position; `lastSeq` while the page shows now. */
  readonly seq: number;
  readonly lastSeq: number;
  readonly isPast: boolean;
  /** What the position means, in words: "event 412 of 1,204, 12 s in". */
  readonly valueText: string;
  readonly marks: PlacedMarks;
  /** null = the end, as it is now. */
  readonly onSeek: (seq: number | null) => void;
};

const bigStep = 10;
const share = (seq: number, lastSeq: number) => (lastSeq <= 1 ? 1 : Math.min(1, Math.max(0, (seq - 1) / (lastSeq - 1))));

/** The run's log as a slider, one event a step; marks where something failed and where a human was waited for. */
export function Scrubber({ seq, lastSeq, isPast, valueText, marks, onSeek }: ScrubberProps) {
  const dragging = useRef(false);
  const seekTo = (event: PointerEvent) => {
    const at = shareAt(event);
    onSeek(at === 1 ? null : 1 + Math.round(at * (lastSeq - 1)));
  };
  const press = (event: KeyboardEvent) => {
    const next = keyTarget(event, seq, lastSeq);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(next);
  };
  const thumb = `${share(seq, lastSeq) * 100}%`;
  return (
    <Part
      role="slider"
      tabIndex={0}
      aria-label="Position in the run"
      aria-valuemin={1}
      aria-valuemax={lastSeq}
      aria-valuenow={seq}
      aria-valuetext={valueText}
      className="group relative h-7 min-w-0 flex-1 cursor-pointer touch-none select-none rounded-row pointer-coarse:h-10"
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => dragging.current && seekTo(event)}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
    >
      <span className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 overflow-hidden rounded-full bg-line">
        <span className={`absolute inset-y-0 left-0 ${isPast ? "bg-accent" : "bg-faint"}`} style={{ width: thumb }} />
      </span>
      <MarkLines {...marks} />
      <span
        className={`absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-panel ${isPast ? "bg-accent" : "bg-faint group-hover:bg-muted"}`}
        style={{ left: thumb }}
      />
    </Part>
  );
}

function keyTarget(event: KeyboardEvent, seq: number, lastSeq: number): number | null | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const by = event.shiftKey ? bigStep : 1;
  const page = Math.max(bigStep, Math.round(lastSeq / 20));
  const moves: Record<string, number> = { ArrowLeft: -by, ArrowDown: -by, ArrowRight: by, ArrowUp: by, PageDown: -page, PageUp: page };
  if (event.key === "Home") return 1;
  if (event.key === "End") return null;
  const move = moves[event.key];
  if (move === undefined) return undefined;
  const next = seq + move;
  return next >= lastSeq ? null : Math.max(1, next);
}

const MarkLines = memo(function MarkLines({ marks, lastSeq }: PlacedMarks) {
  return (
    <span aria-hidden className="pointer-events-none absolute inset-0">
      {marks.waits.map(({ fromSeq, toSeq }) => (
        <span
          key={`w${fromSeq}`}
          className="absolute bottom-0.5 h-1 min-w-0.5 rounded-full bg-kind-wait"
          style={{ left: `${share(fromSeq, lastSeq) * 100}%`, width: `${(share(toSeq, lastSeq) - share(fromSeq, lastSeq)) * 100}%` }}
        />
      ))}
      {marks.errors.map((seq) => (
        <span
          key={seq}
          className="absolute top-0.5 h-1.5 w-0.5 -translate-x-1/2 rounded-full bg-kind-error"
          style={{ left: `${share(seq, lastSeq) * 100}%` }}
        />
      ))}
    </span>
  );
});
