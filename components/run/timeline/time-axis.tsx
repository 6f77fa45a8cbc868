import { type CSSProperties, memo, type RefObject, useRef, useState } from "react";
import { shareAt } from "@/components/ui/share-at";
import { foldedTime, type TimeFold } from "@/lib/core/time-folds/fold-time";
import { Part } from "../part";
import { axisTicks } from "./axis-ticks";
import type { TimeWindow } from "./time-window";
import styles from "./timeline.module.css";

type Axis = { readonly window: TimeWindow; readonly widthPx: number; readonly folds: readonly TimeFold[] };

type TimeAxisProps = Axis & {
  readonly axisRef: RefObject<HTMLDivElement | null>;
  readonly onZoomTo: (window: TimeWindow) => void;
  readonly onFit: () => void;
};

type Drag = { readonly fromShare: number; readonly toShare: number };

const leastDragPx = 4;
/** A moment so near the end of the axis has no room for its words. */
const labelPx = 40;
const foldLabelPx = 76;

/** Moments along the top. Dragging over it zooms to what was dragged, a double click shows everything again. */
export const TimeAxis = memo(function TimeAxis({ window, widthPx, folds, axisRef, onZoomTo, onFit }: TimeAxisProps) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const start = useRef(0);
  const finish = () => {
    setDrag(null);
    if (!drag || Math.abs(drag.toShare - drag.fromShare) * widthPx < leastDragPx) return;
    const length = window.toMs - window.fromMs;
    const [a, b] = drag.fromShare < drag.toShare ? [drag.fromShare, drag.toShare] : [drag.toShare, drag.fromShare];
    onZoomTo({ fromMs: window.fromMs + a * length, toMs: window.fromMs + b * length });
  };
  return (
    <Part
      ref={axisRef}
      role="presentation"
      className="relative h-full cursor-crosshair touch-none select-none overflow-hidden"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = shareAt(event);
        setDrag({ fromShare: start.current, toShare: start.current });
      }}
      onPointerMove={(event) => drag && setDrag({ fromShare: start.current, toShare: shareAt(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
      onDoubleClick={onFit}
    >
      {axisTicks(window, widthPx, folds).map(({ atMs, label }) => (
        <span
          key={atMs}
          className={`${styles.tick} figures border-l pl-1 text-[11px] text-faint leading-7 pointer-coarse:leading-10`}
          style={{ "--at": atMs } as CSSProperties}
        >
          {hasRoom(atMs, { window, widthPx, folds }) && label}
        </span>
      ))}
      {drag && <DragMark drag={drag} />}
    </Part>
  );
});

/** Before the end of the axis, and beside the words of the folds. */
function hasRoom(atMs: number, { window, widthPx, folds }: Axis): boolean {
  const px = widthPx / (window.toMs - window.fromMs);
  const isClear = ({ fromMs, shownMs }: TimeFold) => {
    const middle = foldedTime(folds, fromMs) + shownMs / 2;
    return Math.abs((atMs - middle) * px + labelPx / 2) > (labelPx + foldLabelPx) / 2;
  };
  return (atMs - window.fromMs) * px < widthPx - labelPx && folds.every(isClear);
}

function DragMark({ drag }: { drag: Drag }) {
  const left = Math.min(drag.fromShare, drag.toShare);
  const width = Math.abs(drag.toShare - drag.fromShare);
  return (
    <span className="absolute inset-y-0 border-accent border-x bg-selected" style={{ left: `${left * 100}%`, width: `${width * 100}%` }} />
  );
}

/** Hairlines down the rows, at the axis' moments. */
export const TickLines = memo(function TickLines({ window, widthPx, folds }: Axis) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 left-(--tree) hidden overflow-hidden @[640px]/run-view:block"
    >
      {axisTicks(window, widthPx, folds).map(({ atMs }) => (
        <span key={atMs} className={`${styles.tick} border-l opacity-70`} style={{ "--at": atMs } as CSSProperties} />
      ))}
    </div>
  );
});
