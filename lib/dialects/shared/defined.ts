import { put } from "../../core/run/record";

/** All parts in one object, the later ones win; properties that are undefined are left out and win over nothing. */
export function definedOf<T extends object>(...parts: readonly Partial<T>[]): T {
  // Every event passes here several times: entries and back cost ten times as much.
  const kept: Record<string, unknown> = {};
  for (const part of parts) {
    for (const key in part) {
      const field = part[key];
      if (field !== undefined) put(kept, key, field);
    }
  }
  return kept as T;
}

/** The same object without the properties that are undefined: a field that the sender did not fill is absent. */
export function defined<T extends object>(value: T): T {
  return definedOf<T>(value);
}

/** As `defined`, and undefined when nothing is left. */
export function definedOrNone<T extends object>(value: T): T | undefined {
  const kept = defined(value);
  return Object.keys(kept).length > 0 ? kept : undefined;
}
