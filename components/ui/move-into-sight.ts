/** Moves the row, and nothing else, until its part is seen: where an address chose it, it may stand behind the edge. */
export function moveIntoSight(row: Element, part: Element): void {
  const [seen, { left, right }] = [row.getBoundingClientRect(), part.getBoundingClientRect()];
  if (left < seen.left) row.scrollLeft -= seen.left - left;
  else if (right > seen.right) row.scrollLeft += right - seen.right;
}
