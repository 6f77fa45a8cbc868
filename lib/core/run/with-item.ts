/**
 * The list with one item appended. Pushing to a list, or spreading one with something after it, reserves room for sixteen more: these lists
 * hold one or two items, and there is one for every event.
 */
export function withItem<T>(list: readonly T[], item: T): readonly T[] {
  const { length } = list;
  if (length === 0) return [item];
  return length === 1 ? [list[0] as T, item] : [...list, item];
}
