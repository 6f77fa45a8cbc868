import { isJsonObject, type Json } from "../json";
import { entriesOf } from "./values";

const most = 20;

/** Where a key repeats within one object, as paths such as `payload.items[0].amount`; at most 20. */
export function repeatedKeys(value: Json, path = ""): string[] {
  const found: string[] = [];
  collect(value, path, found);
  return found;
}

function collect(value: Json, path: string, found: string[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, `${path}[${index}]`, found);
    return;
  }
  if (!isJsonObject(value)) return;
  const seen = new Set<string>();
  for (const [key, item] of entriesOf(value)) {
    const place = path === "" ? key : `${path}.${key}`;
    if (seen.has(key) && !found.includes(place) && found.length < most) found.push(place);
    seen.add(key);
    collect(item, place, found);
  }
}
