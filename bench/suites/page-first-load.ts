import { gzipSync } from "node:zlib";
import type { BrowserContext } from "@playwright/test";
import type { Figure } from "../figures/figure";
import type { Context } from "./suite";

const mostBytes = 200_000;

/** How much JavaScript the list of runs needs before it works: the scripts that its HTML names, each as gzip makes it. */
export async function measureFirstLoad({ product, say }: Context, browsing: BrowserContext): Promise<Figure> {
  const origin = `http://127.0.0.1:${product.port}`;
  const html = await (await browsing.request.get(`${origin}/runs`)).text();
  // What old browsers alone load is not loaded by those that this product runs in.
  const paths = [...html.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => (/\bnomodule\b/i.test(tag) ? undefined : /\bsrc="([^"]+)"/.exec(tag)?.[1]))
    .filter((path) => path !== undefined);
  if (paths.length === 0) throw new Error(`the list of runs names no script: ${html.slice(0, 200)}`);
  let bytes = 0;
  for (const path of new Set(paths)) bytes += gzipSync(await (await browsing.request.get(origin + path)).body()).length;
  const label = "list of runs: JavaScript before it works, gzip";
  say(`${label}: ${bytes.toLocaleString("en-US")} bytes`);
  return { id: "page.runs.script", label, value: bytes, unit: "bytes", target: { atMost: mostBytes } };
}
