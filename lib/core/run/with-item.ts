/**
 * The list and one item behind it. A list that is pushed to, or spread with something behind it, gets room for sixteen more: these hold
 * one or two, and there is one for every event.
 */
export function withItem<T>(list: readonly T[], item: T): readonly T[] {
  const { length } = list;
  if (length === 0) return [item];
  return length === 1 ? [list[0] as T, item] : [...list, item];
}
