"use client";
import { type CSSProperties, useEffect, useMemo, useRef, useState } from "react";
import { useRowHeight } from "@/components/ui/virtual-list";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Span } from "@/lib/core/run/timeline-state";
import { Part } from "../part";
import { findSpan } from "../selection/selection";
import { useFixedRows } from "../virtual/use-fixed-rows";
import { rowId } from "./move-focus";
import { createRowPreparer, type PreparedRows, UNATTACHED } from "./prepare-rows";
import { TickLines, TimeAxis } from "./time-axis";
import styles from "./timeline.module.css";
import { TimelineEmpty } from "./timeline-empty";
import { TimelineHead } from "./timeline-head";
import { TimelineRow } from "./timeline-row";
import { TreeSplitter } from "./tree-splitter";
import { useElementWidth } from "./use-element-width";
import { useFollowRows } from "./use-follow-rows";
import { useGrowingBars } from "./use-growing-bars";
import { useTimeWindow } from "./use-time-window";
import { useTreeKeys } from "./use-tree-keys";
import { useWheelZoom } from "./use-wheel-zoom";

export type TimelineViewProps = {
  readonly spans: readonly Span[];
  /** The run goes on: open bars reach to the present. `ticking` false = it does, but we do not hear of it now. */
  readonly live: boolean;
  readonly ticking: boolean;
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

const bottomSlackPx = 40;
const tickMs = 1_000;

export function TimelineView(props: TimelineViewProps) {
  const { spans, live, ticking, offsetMs, selectedSpanId, onSelect, errorsOnly, search, follow, onFollowChange } = props;
  const [prepare] = useState(createRowPreparer);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => new Set());
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = useMemo(() => prepare({ spans }, { collapsed, errorsOnly, search }), [prepare, spans, collapsed, errorsOnly, search]);

  const grid = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const rowPx = useRowHeight();
  const list = useFixedRows(rows.order.length, rowPx);
  const { scrollerRef, range, totalPx } = list;
  const axisWidthPx = useElementWidth(axis);

  const originMs = rows.startMs ?? 0;
  const endMs = rows.endMs ?? originMs;
  const nowMs = useNow(ticking ? tickMs : null) + offsetMs;
  const control = useTimeWindow(Math.max(endMs, live ? nowMs : 0) - originMs, live);
  const lengthMs = control.window.toMs - control.window.fromMs;
  useGrowingBars(grid, { nowMs, tickMs, originMs, windowMs: lengthMs, ticking });
  useWheelZoom(grid, axis, control);

  const rememberPlace = useFollowRows({ rows, list, rowPx, follow: follow && live });
  const toggle = (id: string) => setCollapsed((known) => toggled(known, id));
  const selectedRow = selectedSpanId === null ? -1 : rowOf(rows, selectedSpanId);
  const focusedRow = focusedId === null ? Math.max(0, selectedRow) : rowOf(rows, focusedId);
  const keys = useTreeKeys({ rows, focusedRow, list, control, toggle, onSelect, onFocus: setFocusedId });
  useRevealSelected(selectedSpanId, () => selectedRow >= 0 && list.showRow(selectedRow));

  const onScroll = () => {
    const byReader = list.onScroll();
    rememberPlace();
    const scroller = scrollerRef.current;
    if (!byReader || !scroller || !live) return;
    onFollowChange(scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - bottomSlackPx);
  };

  const variables = { "--from": control.window.fromMs, "--len": lengthMs, ...(live ? {} : { "--now": endMs - originMs }) } as CSSProperties;
  const shown = rowsToDraw(range, focusedRow, rows.order.length);
  return (
    <Part
      ref={grid}
      role="treegrid"
      aria-label="Timeline"
      aria-rowcount={rows.order.length + 1}
      aria-colcount={2}
      className={`${styles.grid} relative flex h-full min-h-0 flex-col`}
      style={variables}
      {...keys.handlers}
    >
      <TimelineHead rows={rows} control={control} onCollapse={setCollapsed}>
        <TimeAxis window={control.window} widthPx={axisWidthPx} axisRef={axis} onZoomTo={control.zoomTo} onFit={control.fit} />
      </TimelineHead>
      <div className="relative min-h-0 flex-1">
        <div className={`${styles.gutter} absolute inset-0`}>
          <TickLines window={control.window} widthPx={axisWidthPx} />
          {live && <PresentLine />}
        </div>
        <Part ref={scrollerRef} role="rowgroup" onScroll={onScroll} className={`${styles.scroller} absolute inset-0 overscroll-contain`}>
          <div role="presentation" className="relative" style={{ height: totalPx }}>
            {shown.map((row) => {
              const index = rows.order[row] ?? UNATTACHED;
              const span = index === UNATTACHED ? null : (rows.spans[index] ?? null);
              return (
                <TimelineRow
                  key={span?.id ?? "unattached"}
                  {...{ span, row, rowPx, originMs, offsetMs, live }}
                  depth={rows.depth[row] ?? 0}
                  flags={rows.flags[row] ?? 0}
                  selected={row === selectedRow}
                  focused={row === focusedRow}
                />
              );
            })}
          </div>
          {rows.order.length === 0 && <TimelineEmpty filtered={spans.length > 0} onClearFilter={props.onClearFilter} />}
        </Part>
        <div className={`${styles.gutter} pointer-events-none absolute inset-0`}>
          <TreeSplitter grid={grid} />
        </div>
      </div>
    </Part>
  );
}

function PresentLine() {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 left-(--tree) hidden overflow-hidden @[640px]/run-view:block"
    >
      <span className={`${styles.present} bg-running opacity-50`} />
    </div>
  );
}

/** Shows the selected row when another one becomes selected, never because rows came or went. */
function useRevealSelected(selectedSpanId: string | null, reveal: () => void): void {
  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (revealed.current === selectedSpanId) return;
    revealed.current = selectedSpanId;
    reveal();
  });
}

/** What is in sight, and the focused row wherever it is: focus must not get lost by scrolling. */
function rowsToDraw(range: { first: number; last: number }, focusedRow: number, count: number): readonly number[] {
  const shown: number[] = [];
  const last = Math.min(range.last, count - 1);
  for (let row = range.first; row <= last; row++) shown.push(row);
  if (focusedRow >= 0 && focusedRow < count && (focusedRow < range.first || focusedRow > last)) shown.push(focusedRow);
  return shown;
}

function rowOf(rows: PreparedRows, id: string): number {
  const index = findSpan(rows.spans, id);
  if (index >= 0) return rows.rowOfSpan[index] ?? -1;
  const last = rows.order.indexOf(UNATTACHED);
  return last >= 0 && rowId(rows, last) === id ? last : -1;
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}
