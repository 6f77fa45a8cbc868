import type { BrowserContext } from "@playwright/test";
import { firstLoadBytes } from "../../test/first-load";
import type { Figure } from "../figures/figure";
import type { Context } from "./suite";

const mostBytes = 200_000;

/** How much JavaScript the list of runs needs before it works. */
export async function measureFirstLoad({ product, say }: Context, browsing: BrowserContext): Promise<Figure> {
  const origin = `http://127.0.0.1:${product.port}`;
  const html = await (await browsing.request.get(`${origin}/runs`)).text();
  const bytes = await firstLoadBytes(html, async (path) => (await browsing.request.get(origin + path)).body());
  const label = "list of runs: JavaScript before it works, gzip";
  say(`${label}: ${bytes.toLocaleString("en-US")} bytes`);
  return { id: "page.runs.script", label, value: bytes, unit: "bytes", target: { atMost: mostBytes } };
}
