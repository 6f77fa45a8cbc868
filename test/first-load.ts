import { gzipSync } from "node:zlib";

/**
 * Bytes of script that a page needs before it works, each as gzip makes it: the scripts that its HTML names. `read` gives what stands
 * at a path. Throws when the page names none.
 */
export async function firstLoadBytes(html: string, read: (path: string) => Promise<Buffer>): Promise<number> {
  // What old browsers alone load is not loaded by those that this product runs in.
  const paths = [...html.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => (/\bnomodule\b/i.test(tag) ? undefined : /\bsrc="([^"]+)"/.exec(tag)?.[1]))
    .filter((path) => path !== undefined);
  if (paths.length === 0) throw new Error(`the page names no script: ${html.slice(0, 200)}`);
  let bytes = 0;
  for (const path of new Set(paths)) bytes += gzipSync(await read(path)).length;
  return bytes;
}
