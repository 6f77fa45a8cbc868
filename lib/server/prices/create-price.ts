import { prices } from "@/db/schema";
import type { NewPrice, Price } from "@/lib/core/prices/price";
import { deciderName } from "../approvals/decider-name";
import { holdLimit } from "../hold-limit";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { priceOf, ratesOf } from "./price-row";

/** Every estimate searches the matching prices. */
export const maxPrices = 500;

/** Applies to what is reported from now on; earlier estimates stay until they are repriced. */
export async function createPrice(principal: Principal, wanted: NewPrice): Promise<Price> {
  const { db, now, prices: memory } = services();
  const { projectId } = principal;
  const { model, provider, validFrom } = wanted;
  const createdBy = await deciderName(principal);
  const [row] = await db.transaction(async (tx) => {
    const limit = { projectId, table: prices, most: maxPrices };
    await holdLimit(tx, { ...limit, things: "prices", hint: "Delete one that is no longer needed." });
    return tx
      .insert(prices)
      .values({
        ...{ projectId, model, provider, id: uuidv7(now()), createdAtMs: now(), createdBy },
        ...ratesOf(wanted),
        validFromMs: validFrom === null ? 0 : Date.parse(validFrom),
      })
      .returning();
  });
  await memory.renew(projectId);
  return priceOf(row as NonNullable<typeof row>);
}
