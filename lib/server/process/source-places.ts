import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * A stack trace with the files and lines that its bundled programs were built from. A program's source map is read when one of its
 * places is first requested, and held only as long as memory allows: the maps that Node's own `--enable-source-maps` holds from the
 * start took a quarter of the idle server's memory, and it resolved every error, even those nobody reads. A place without a map
 * stays as it is.
 */
export function sourcePlaces(stack: string): string {
  return stack.replace(place, (written, program: string, line: string, column: string) => {
    const entry = mapOf(program)?.map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !("originalSource" in entry)) return written;
    const file = resolve(dirname(fileURLToPath(program)), entry.originalSource);
    return `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

const place = /(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/g;

/** null if there is no map. */
type Held = { readonly map: SourceMap } | null;
const held = new Map<string, WeakRef<NonNullable<Held>> | null>();

function mapOf(program: string): Held {
  const known = held.get(program);
  if (known === null) return null;
  const map = known?.deref() ?? readMap(program);
  held.set(program, map === null ? null : new WeakRef(map));
  return map;
}

function readMap(program: string): Held {
  try {
    return { map: new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(program)}.map`, "utf8"))) };
  } catch {
    return null;
  }
}
