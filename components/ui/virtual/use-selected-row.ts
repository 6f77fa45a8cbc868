import { useEffect, useLayoutEffect, useRef } from "react";
import type { FixedRows } from "./use-fixed-rows";

/**
 * Shows the selected row (-1 = none) when another one becomes it, before the rows of where the list stood are drawn. Gives the function
 * that has the row which is selected next take the focus, too.
 */
export function useSelectedRow({ scrollerRef, showRow }: Pick<FixedRows, "scrollerRef" | "showRow">, selectedRow: number): () => void {
  const shown = useRef(-1);
  const takesFocus = useRef(false);
  useLayoutEffect(() => {
    if (shown.current !== selectedRow && selectedRow >= 0) showRow(selectedRow);
    shown.current = selectedRow;
  });
  useEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    scrollerRef.current?.querySelector<HTMLElement>(`[data-row="${selectedRow}"]`)?.focus({ preventScroll: true });
  });
  return () => {
    takesFocus.current = true;
  };
}
