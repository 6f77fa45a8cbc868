export type VisibleRange = { readonly first: number; readonly last: number };

/** The range moves in steps of this many rows, so that a scroll of a few pixels redraws nothing. */
const stepRows = 4;

/** First and last row (inclusive) to draw for a scroll position; `last` is -1 when there is nothing. */
export function visibleRange(
  view: { readonly scrollTop: number; readonly heightPx: number },
  list: { readonly count: number; readonly rowPx: number },
): VisibleRange {
  const step = Math.floor(view.scrollTop / list.rowPx / stepRows) * stepRows;
  const inSight = Math.ceil(view.heightPx / list.rowPx / stepRows) * stepRows;
  const last = Math.min(list.count, step + inSight + 2 * stepRows) - 1;
  return { first: Math.max(0, Math.min(step - stepRows, last)), last };
}

/** The scroll position that shows `row` with as little movement as can be: none when it is in sight already. */
export function scrollToShow(row: number, rowPx: number, view: { readonly scrollTop: number; readonly heightPx: number }): number {
  const top = row * rowPx;
  if (top < view.scrollTop) return top;
  const overhang = top + rowPx - (view.scrollTop + view.heightPx);
  return overhang > 0 ? view.scrollTop + overhang : view.scrollTop;
}
