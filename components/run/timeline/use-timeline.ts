import { type CSSProperties, useDeferredValue, useMemo, useRef, useState } from "react";
import { useRowHeight } from "@/components/ui/row-height";
import { useFixedRows } from "@/components/ui/virtual/use-fixed-rows";
import { useNow } from "@/lib/client/hooks/use-now";
import { foldedTime } from "@/lib/core/time-folds/fold-time";
import { silentSinceMs } from "../header/run-clock";
import { findSpan } from "../selection/selection";
import { rowId } from "./move-focus";
import { createRowPreparer, type PreparedRows, UNATTACHED } from "./prepare-rows";
import type { TimelineViewProps } from "./timeline-view";
import { useElementWidth } from "./use-element-width";
import { useFollowRows } from "./use-follow-rows";
import { useGrowingBars } from "./use-growing-bars";
import { useRevealSelected } from "./use-reveal-selected";
import { useTimeFolds } from "./use-time-folds";
import { useTimeWindow } from "./use-time-window";
import { useTreeKeys } from "./use-tree-keys";
import { useWheelZoom } from "./use-wheel-zoom";
import { useZoomKeys } from "./use-zoom-keys";

const bottomSlackPx = 40;
const tickMs = 1_000;
/** As wide as the figure behind a bar gets: "16 m 17 s". */
const figurePx = 68;

/** Rows, window and behaviour of the timeline; the view only draws what this gives. */
export function useTimeline(props: TimelineViewProps) {
  const { spans, held, run, live, past, ticking, offsetMs, selectedSpanId, onSelect, errorsOnly, follow, onFollowChange } = props;
  // A letter is shown before the rows that it finds: looking through 40,000 spans must not hold up the next one.
  const search = useDeferredValue(props.search);
  const [prepare] = useState(createRowPreparer);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => new Set());
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = useMemo(() => prepare({ spans }, { collapsed, errorsOnly, search }), [prepare, spans, collapsed, errorsOnly, search]);
  const grid = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const axisWidthPx = useElementWidth(axis);
  const rowPx = useRowHeight();
  const list = useFixedRows(rows.order.length, rowPx);

  const nowMs = useNow(ticking ? tickMs : null) + offsetMs;
  const heardMs = live ? silentSinceMs(run, nowMs - offsetMs) : null;
  const goesOn = live && heardMs === null;
  // A run of which nothing has a duration yet begins now, not in 1970.
  const startMs = rows.startMs ?? past?.atMs ?? nowMs;
  const originMs = Math.min(startMs, held?.startedAtMs ?? startMs);
  const endMs = rows.endMs ?? originMs;
  const lastMs = Math.max(endMs, goesOn ? nowMs : 0, heardMs ?? past?.endMs ?? 0);
  const fromMs = held === null ? originMs : Math.min(Math.max(held.fromMs, originMs), lastMs);
  const running = past ? past.isRunning : goesOn;
  const folding = useTimeFolds({ spans: past?.spans ?? spans, originMs, fromMs, toMs: lastMs, live: running });
  const { folds } = folding;
  const place = (ms: number) => foldedTime(folds, ms - originMs);
  const room = axisWidthPx > 0 ? figurePx / axisWidthPx : 0;
  const control = useTimeWindow({ fromMs: place(fromMs), endMs: place(lastMs), room, folds }, running);
  const lengthMs = control.window.toMs - control.window.fromMs;
  useGrowingBars(grid, { nowMs, tickMs, originMs, folds, windowMs: lengthMs, ticking: ticking && goesOn });
  useWheelZoom(grid, axis, control);
  useZoomKeys(control);

  const rememberPlace = useFollowRows({ rows, list, rowPx, follow: follow && (live || past !== null) });
  const toggle = (id: string) => setCollapsed((known) => toggled(known, id));
  const selectedRow = selectedSpanId === null ? -1 : rowOf(rows, selectedSpanId);
  const focusedRow = focusedId === null ? Math.max(0, selectedRow) : rowOf(rows, focusedId);
  const handlers = useTreeKeys({ rows, focusedRow, list, control, toggle, onSelect, onFocus: setFocusedId });
  useRevealSelected(selectedSpanId, () => selectedRow >= 0 && list.showRow(selectedRow));

  const onScroll = () => {
    const byReader = list.onScroll();
    rememberPlace();
    const scroller = list.scrollerRef.current;
    if (!byReader || !scroller || !(live || past)) return;
    onFollowChange(scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - bottomSlackPx);
  };
  const variables: CSSProperties & Record<`--${string}`, number> = {
    "--from": control.window.fromMs,
    "--len": lengthMs,
    "--full": 1 - room,
  };
  if (!goesOn) variables["--now"] = Math.max(0, place(past?.atMs ?? heardMs ?? endMs));
  return {
    ...{ rows, list, rowPx, grid, axis, axisWidthPx, control, originMs, variables, onScroll, handlers },
    ...{
      folding,
      presentMs: lastMs - originMs,
      goesOn,
      heardMs,
      selectedRow,
      focusedRow,
      collapse: setCollapsed,
      shown: rowsToDraw(list.range, focusedRow, rows.order.length),
    },
  };
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
