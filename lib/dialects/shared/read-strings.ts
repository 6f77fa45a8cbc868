import type { Json } from "../../core/json";
import { readList } from "./read-list";

const limit = 1_000;

/** The non-empty strings of the first list under `keys`, at most 1,000; undefined when there is no list or no string in it. */
export function readStrings(holder: Json | undefined, ...keys: readonly string[]): readonly string[] | undefined {
  const strings: string[] = [];
  for (const value of readList(holder, ...keys) ?? []) {
    if (strings.length === limit) break;
    if (typeof value === "string" && value !== "") strings.push(value);
  }
  return strings.length > 0 ? strings : undefined;
}
