import type { Held } from "./list-draft";
import { type Keyed, lookup, put } from "./record";

/** What a stretch of the log did to a list: the rows it added, from index `from` on, and the earlier rows it changed. */
export type ListChunk<T> = { readonly from: number; readonly added: readonly T[]; readonly changed: Keyed<T> };

/** The index after the last row. */
export const endOf = <T>({ rows, first }: Held<T>): number => (first ?? 0) + rows.length;

/** What happened to a list between two states, the later folded from the earlier: rows are compared by identity. */
export function listChunk<T>(before: Held<T>, after: Held<T>): ListChunk<T> {
  const from = endOf(before);
  const changed: { [key: string]: T } = {};
  before.rows.forEach((row, at) => {
    const now = after.rows[at];
    if (now !== undefined && now !== row) changed[String((before.first ?? 0) + at)] = now;
  });
  for (const [key, row] of Object.entries(before.carried ?? {})) {
    const now = lookup(after.carried ?? {}, key);
    if (now !== undefined && now !== row) changed[key] = now;
  }
  return { from, added: after.rows.slice(before.rows.length), changed };
}

/** The list with only its last `tail` rows and the named ones before them. */
export function pruneList<T>(list: Held<T>, kept: Iterable<number>, tail: number): Held<T> {
  const end = endOf(list);
  const first = Math.max(list.first ?? 0, end - tail);
  const carried: { [key: string]: T } = {};
  for (const index of [...new Set(kept)].sort((a, b) => a - b)) {
    if (index >= first) continue;
    const row = index >= (list.first ?? 0) ? list.rows[index - (list.first ?? 0)] : lookup(list.carried ?? {}, String(index));
    if (row !== undefined) put(carried, String(index), row);
  }
  return { rows: list.rows.slice(list.rows.length - (end - first)), first, carried };
}

/**
 * The list held from further back: `base` is what was held where the chunks begin, and the chunks lead up to where `list` was pruned. Rows
 * in `list` itself are the newest.
 */
export function widenList<T>(list: Held<T>, base: Held<T>, chunks: readonly ListChunk<T>[]): Held<T> {
  const first = endOf(base);
  const held = list.first ?? 0;
  if (chunks.length === 0) return held === 0 ? { rows: list.rows } : list;
  const rows: T[] = [];
  const carried: { [key: string]: T } = { ...base.carried };
  const carry = (row: T, at: number): void => put(carried, String((base.first ?? 0) + at), row);
  base.rows.forEach(carry);
  const place = (index: number, row: T): void => {
    if (index < first) put(carried, String(index), row);
    else rows[index - first] = row;
  };
  for (const chunk of chunks) {
    for (const [at, row] of chunk.added.entries()) place(chunk.from + at, row);
    for (const [key, row] of Object.entries(chunk.changed)) place(Number(key), row);
  }
  for (const [key, row] of Object.entries(list.carried ?? {})) place(Number(key), row);
  for (const [at, row] of list.rows.entries()) place(held + at, row);
  return first === 0 ? { rows } : { rows, first, carried };
}
