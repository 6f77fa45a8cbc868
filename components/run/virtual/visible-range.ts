export type VisibleRange = { readonly first: number; readonly last: number };

/** Rows are drawn in blocks of this many, so that a scroll of a few pixels redraws nothing. */
const blockRows = 8;

/** First and last row (inclusive) to draw for a scroll position; `last` is -1 when there is nothing. */
export function visibleRange(
  view: { readonly scrollTop: number; readonly heightPx: number },
  list: { readonly count: number; readonly rowPx: number },
): VisibleRange {
  const topRow = Math.floor(view.scrollTop / list.rowPx);
  const bottomRow = Math.ceil((view.scrollTop + view.heightPx) / list.rowPx);
  const first = Math.max(0, Math.floor(topRow / blockRows) * blockRows - blockRows);
  const last = Math.min(list.count, Math.ceil(bottomRow / blockRows) * blockRows + blockRows) - 1;
  return { first: Math.min(first, Math.max(0, last)), last };
}

/** The scroll position that shows `row` with as little movement as can be: none when it is in sight already. */
export function scrollToShow(row: number, rowPx: number, view: { readonly scrollTop: number; readonly heightPx: number }): number {
  const top = row * rowPx;
  if (top < view.scrollTop) return top;
  const overhang = top + rowPx - (view.scrollTop + view.heightPx);
  return overhang > 0 ? view.scrollTop + overhang : view.scrollTop;
}
