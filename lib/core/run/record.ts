/**
 * Records keyed by sender text. A sender may call an agent `__proto__` or `constructor`: reads look at own keys only, writes never reach
 * the prototype, and the keys survive JSON unchanged.
 */
export type Keyed<T> = { readonly [key: string]: T };

/**
 * The value under `key`; undefined if the record itself does not have it. Anything inherited is a function or the prototype, which no
 * record holds: checking the value is several times as fast as checking for the key first.
 */
export function lookup<T>(record: Keyed<T>, key: string): T | undefined {
  const value = record[key];
  return typeof value === "function" || value === Object.prototype ? undefined : value;
}

/** Sets an own key of a record that the caller owns. */
export function put<T>(record: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}

export function toMap<T>(record: Keyed<T>): Map<string, T> {
  return new Map(Object.entries(record));
}

export function fromMap<T>(map: ReadonlyMap<string, T>): Keyed<T> {
  const record: { [key: string]: T } = {};
  for (const [key, value] of map) put(record, key, value);
  return record;
}
