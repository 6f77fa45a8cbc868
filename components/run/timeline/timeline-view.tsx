"use client";
import type { RunSummary } from "@/lib/core/api/run";
import type { Span } from "@/lib/core/run/timeline-state";
import { Part } from "../part";
import { FoldBands, FoldLabels } from "./fold-marks";
import { Minimap } from "./minimap";
import { UNATTACHED, UNATTACHED_ID } from "./prepare-rows";
import { TickLines, TimeAxis } from "./time-axis";
import styles from "./timeline.module.css";
import { TimelineEmpty } from "./timeline-empty";
import { TimelineHead } from "./timeline-head";
import { TimelineRow } from "./timeline-row";
import { TreeSplitter } from "./tree-splitter";
import { useTimeline } from "./use-timeline";

export type TimelineViewProps = {
  readonly spans: readonly Span[];
  /** Where only the end of a long run is held: the axis begins with it, and still counts from the start of the run. */
  readonly held: { readonly fromMs: number; readonly startedAtMs: number | null } | null;
  /** By which it is known since when nothing was heard of the run. */
  readonly run: Pick<RunSummary, "stallsAt" | "lastEventAt">;
  /**
   * The run goes on: open bars reach to the present, or, where it has been silent for too long, to the last thing heard. `ticking` false =
   * it does, but we do not hear of it now.
   */
  readonly live: boolean;
  readonly ticking: boolean;
  /** An earlier moment of the run is shown: open bars end there. `endMs` = how far the run has come by now, with these spans. */
  readonly past: { readonly atMs: number; readonly endMs: number; readonly isRunning: boolean; readonly spans: readonly Span[] } | null;
  /** What to add to our clock to read the run's. */
  readonly offsetMs: number;
  readonly selectedSpanId: string | null;
  readonly onSelect: (spanId: string) => void;
  readonly errorsOnly: boolean;
  readonly search: string;
  readonly onClearFilter: () => void;
  readonly follow: boolean;
  readonly onFollowChange: (follow: boolean) => void;
};

/** Tree and waterfall of a run: one virtual list whose rows are both. */
export function TimelineView(props: TimelineViewProps) {
  const { live, past, offsetMs } = props;
  const timeline = useTimeline(props);
  const { rows, list, rowPx, control, axisWidthPx, originMs, folding, presentMs, selectedRow, focusedRow, goesOn, heardMs } = timeline;
  const axis = { window: control.window, widthPx: axisWidthPx, folds: folding.folds };
  return (
    <div ref={timeline.grid} className={`${styles.grid} relative h-full min-h-0`} style={timeline.variables}>
      <Part
        role="treegrid"
        aria-label="Timeline"
        aria-rowcount={rows.order.length + 1}
        aria-colcount={2}
        className="flex h-full min-h-0 flex-col"
        {...timeline.handlers}
      >
        <TimelineHead
          rows={rows}
          filtered={props.errorsOnly || props.search !== ""}
          control={control}
          folding={folding}
          onCollapse={timeline.collapse}
        >
          <TimeAxis {...axis} axisRef={timeline.axis} onZoomTo={control.zoomTo} onFit={control.fit} />
          <FoldLabels folds={folding.folds} presentMs={presentMs} />
        </TimelineHead>
        <div className={`${styles.gutter} hidden shrink-0 border-b @[640px]/run-view:block low:@[640px]/run-view:hidden`}>
          <div className={`${styles.row} h-6`}>
            <span />
            <div className="min-w-0 border-l">
              <Minimap spans={rows.spans} originMs={originMs} folds={folding.folds} control={control} />
            </div>
          </div>
        </div>
        <div className="relative min-h-0 flex-1">
          <div className={`${styles.gutter} absolute inset-0`}>
            {rows.order.length > 0 && <FoldBands folds={folding.folds} />}
            {rows.order.length > 0 && <TickLines {...axis} />}
            {rows.order.length > 0 && (live || past) && (
              <PresentLine tone={past ? "bg-accent opacity-80" : goesOn ? "bg-running opacity-50" : "bg-stalled opacity-70"} />
            )}
          </div>
          <Part
            ref={list.scrollerRef}
            role="rowgroup"
            data-place={props.follow && (live || past) ? undefined : "timeline"}
            onScroll={timeline.onScroll}
            className={`${styles.scroller} absolute inset-0 overscroll-contain`}
          >
            <div role="presentation" className="relative" style={{ height: list.totalPx }}>
              {timeline.shown.map((row) => {
                const index = rows.order[row] ?? UNATTACHED;
                const span = index === UNATTACHED ? null : (rows.spans[index] ?? null);
                return (
                  <TimelineRow
                    key={span?.id ?? UNATTACHED_ID}
                    {...{ span, row, rowPx, originMs, offsetMs }}
                    live={goesOn}
                    silent={heardMs !== null}
                    folds={folding.folds}
                    presentMs={past?.atMs ?? heardMs}
                    depth={rows.depth[row] ?? 0}
                    flags={rows.flags[row] ?? 0}
                    selected={row === selectedRow}
                    focused={row === focusedRow}
                  />
                );
              })}
            </div>
            {rows.order.length === 0 && (
              <Part role="row">
                <Part role="gridcell">
                  <TimelineEmpty
                    filtered={rows.spans.length > 0}
                    onlyErrors={props.errorsOnly && props.search === ""}
                    over={!live && !past}
                    onClearFilter={props.onClearFilter}
                  />
                </Part>
              </Part>
            )}
          </Part>
        </div>
      </Part>
      {/* No further than the minimap where there is no row: it would go through the words that say so. */}
      <div
        className={`${styles.gutter} pointer-events-none absolute inset-x-0 top-7 pointer-coarse:top-10 ${rows.order.length === 0 ? "h-6" : "bottom-0"}`}
      >
        <TreeSplitter grid={timeline.grid} />
      </div>
    </div>
  );
}

function PresentLine({ tone }: { readonly tone: string }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 left-(--tree) hidden overflow-hidden @[640px]/run-view:block"
    >
      <span className={`${styles.present} ${tone}`} />
    </div>
  );
}
