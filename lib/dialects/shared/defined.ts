/** The same object without the properties that are undefined: a field that the sender did not fill is absent. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/** As `defined`, and undefined when nothing is left. */
export function definedOrNone<T extends object>(value: T): T | undefined {
  const kept = defined(value);
  return Object.keys(kept).length > 0 ? kept : undefined;
}
