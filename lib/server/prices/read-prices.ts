import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { prices } from "@/db/schema";
import { PriceBook } from "@/lib/core/prices/price-book";

/** The project's own prices in the form that estimates use. */
export async function readPriceBook(db: Db, projectId: string): Promise<PriceBook> {
  const rows = await db.select().from(prices).where(eq(prices.projectId, projectId));
  return new PriceBook(
    rows.map(({ id, model, provider, input, output, cachedRead, cachedWrite, reasoning, validFromMs }) => ({
      ...{ id, model, provider, input, output, cachedRead, cachedWrite, reasoning, validFromMs },
    })),
  );
}
