import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import type { FixedRows } from "@/components/ui/virtual/use-fixed-rows";
import { hasMarkedWords } from "../page/use-hold-still";
import { moveFocus, rowId } from "./move-focus";
import { type PreparedRows, rowFlags, UNATTACHED_ID } from "./prepare-rows";
import type { WindowControl } from "./use-time-window";
import { zoomStep } from "./use-zoom-keys";

type TreeKeys = {
  readonly rows: PreparedRows;
  readonly focusedRow: number;
  readonly list: FixedRows;
  readonly control: WindowControl;
  readonly toggle: (id: string) => void;
  readonly onSelect: (spanId: string) => void;
  readonly onFocus: (id: string | null) => void;
};

const panStep = 0.2;

/** Keyboard and mouse of the tree grid, heard once for all rows. Focus roves: one row is in the tab order. */
export function useTreeKeys({ rows, focusedRow, list, control, toggle, onSelect, onFocus }: TreeKeys) {
  const focusAfterDraw = useRef<number | null>(null);
  useEffect(() => {
    if (focusAfterDraw.current === null) return;
    const row = list.scrollerRef.current?.querySelector<HTMLElement>(`[data-row="${focusAfterDraw.current}"]`);
    focusAfterDraw.current = null;
    row?.focus({ preventScroll: true });
  });

  const goTo = (row: number) => {
    list.showRow(row);
    focusAfterDraw.current = row;
    const id = rowId(rows, row);
    onFocus(id);
    if (id !== null && id !== UNATTACHED_ID) onSelect(id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (zoomByKey(event.key, event.shiftKey, control)) return event.preventDefault();
    if (!(event.target as Element).closest("[data-row]")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return goTo(focusedRow);
    }
    const move = moveFocus(rows, focusedRow, event.key);
    if (!move) return;
    event.preventDefault();
    if (move.type === "toggle") toggle(move.id);
    else goTo(move.row);
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const row = Number(target.closest<HTMLElement>("[data-row]")?.dataset.row ?? Number.NaN);
    const id = Number.isNaN(row) ? null : rowId(rows, row);
    if (id === null || hasMarkedWords(event.currentTarget)) return;
    onFocus(id);
    if (target.closest("[data-toggle]") || id === UNATTACHED_ID) toggle(id);
    else onSelect(id);
  };

  const onDoubleClick = (event: MouseEvent) => {
    const row = Number((event.target as Element).closest<HTMLElement>("[data-row]")?.dataset.row ?? Number.NaN);
    const id = rowId(rows, row);
    if (id !== null && (rows.flags[row] ?? 0) & rowFlags.hasChildren) toggle(id);
  };

  const onFocusRow = (event: FocusEvent) => {
    const row = Number((event.target as HTMLElement).dataset.row ?? Number.NaN);
    if (!Number.isNaN(row)) onFocus(rowId(rows, row));
  };

  return { onKeyDown, onClick, onDoubleClick, onFocus: onFocusRow };
}

/** Beside the keys of the whole page (`useZoomKeys`). */
function zoomByKey(key: string, shift: boolean, control: WindowControl): boolean {
  if (key === "=") control.zoomBy(zoomStep);
  else if (shift && key === "ArrowRight") control.panBy(panStep);
  else if (shift && key === "ArrowLeft") control.panBy(-panStep);
  else return false;
  return true;
}
