/** More rows than a person marks; a list does not draw more beside those in sight. */
const most = 2_000;

/** The rows to draw, in their order: those in sight and those from one end of what is marked to the other; -1 = that end is not here. */
export function withMarked(shown: readonly number[], anchor: number, focus: number): number[] {
  const [first, last] = anchor < focus ? [anchor, focus] : [focus, anchor];
  if (first < 0 || last - first >= most) return [...shown];
  const rows = new Set(shown);
  for (let row = first; row <= last; row++) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}
