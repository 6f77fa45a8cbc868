import { stringifyExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";

export type ChangedPath = { readonly path: string; readonly before: string | null; readonly after: string | null };

const mostPaths = 200;

/** Where two JSON values differ, by path, with both texts; null = not there. */
export function changedPaths(before: unknown, after: unknown): readonly ChangedPath[] {
  const found: ChangedPath[] = [];
  compare({ before, after, path: "" }, found);
  return found;
}

type Pair = { readonly before: unknown; readonly after: unknown; readonly path: string };

function compare({ before, after, path }: Pair, found: ChangedPath[]): void {
  if (found.length >= mostPaths || stringifyExact(before) === stringifyExact(after)) return;
  if (!isCollection(before) || !isCollection(after) || Array.isArray(before) !== Array.isArray(after)) {
    found.push({ path: path === "" ? "(all)" : path, before: textOf(before), after: textOf(after) });
    return;
  }
  const deeperThan = found.length;
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const deeper = path === "" ? key : `${path}.${key}`;
    compare({ before: own(before, key), after: own(after, key), path: deeper }, found);
  }
  // They differ in a key that stands twice: by name both answer the same.
  if (found.length === deeperThan) found.push({ path: path === "" ? "(all)" : path, before: textOf(before), after: textOf(after) });
}

function own(holder: object, key: string): unknown {
  return Object.hasOwn(holder, key) ? (holder as Readonly<Record<string, unknown>>)[key] : undefined;
}

function isCollection(value: unknown): value is object {
  return Array.isArray(value) || isJsonObject(value);
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : stringifyExact(value);
}
