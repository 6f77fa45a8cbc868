import { eq } from "drizzle-orm";
import { prices } from "@/db/schema";
import { bucketMs } from "@/lib/core/costs/cost-span";
import type { EffectivePrice } from "@/lib/core/prices/effective-price";
import type { ModelPrice, PriceList } from "@/lib/core/prices/price";
import type { PriceBook } from "@/lib/core/prices/price-book";
import { type FigureRow, figuresOf, summedFigures } from "../costs/cost-figures";
import { usageSlice } from "../costs/usage-slice";
import { services } from "../services";
import { priceOf, rateTexts } from "./price-row";
import { publicPricesVersion, publicRates } from "./public-prices";

const listedModels = 200;
const listedDays = 90;

/** The project's own prices and, for each model in use, the price its tokens are currently estimated with. */
export async function listPrices(projectId: string): Promise<PriceList> {
  const { db, now, prices: memory } = services();
  const [book, rows, used] = await Promise.all([
    memory.renew(projectId),
    db.select().from(prices).where(eq(prices.projectId, projectId)),
    usedModels(projectId, now()),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    publicList: { name: "genai-prices", version: publicPricesVersion },
    overrides: book.rules.flatMap((rule) => {
      const row = byId.get(rule.id);
      return row ? [priceOf(row)] : [];
    }),
    models: used.map((model) => ({ ...model, price: effectivePrice(book, model.model, now()) })),
  };
}

async function usedModels(projectId: string, nowMs: number): Promise<Omit<ModelPrice, "price">[]> {
  const { pool } = services();
  const toMs = Math.ceil(nowMs / bucketMs.day) * bucketMs.day;
  const rows = await pool<(FigureRow & { model: string })[]>`
    select key as model, ${summedFigures()} from (${usageSlice(projectId, { fromMs: toMs - listedDays * bucketMs.day, toMs }, { groupBy: "model" })}) u
    where key <> '' group by key order by sum(reported_nanos) + sum(estimated_nanos) desc, sum(tokens) desc, key limit ${listedModels}`;
  return rows.map((row) => ({ model: row.model, figures: figuresOf(row) }));
}

const unknownPrice: EffectivePrice = {
  ...{ source: "unpriced", id: null, input: null, output: null, cachedRead: null, cachedWrite: null, reasoning: null },
  tiered: false,
};

/** The price that a model's tokens are estimated with at a given time when no provider is named. */
export function effectivePrice(book: PriceBook, model: string, atMs: number): EffectivePrice {
  const named = { model, provider: undefined, atMs };
  const rule = book.ruleFor(named);
  if (rule !== null) return { source: "override", id: rule.id, ...rateTexts(rule), tiered: false };
  const rates = publicRates(named);
  return rates === null ? unknownPrice : { source: "genai-prices", id: null, ...rateTexts(rates), tiered: rates.tiered };
}
