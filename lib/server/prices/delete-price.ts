import { and, eq } from "drizzle-orm";
import { prices } from "@/db/schema";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";

/** Removes a price for what is reported from now on; earlier estimates keep it. Throws not_found. */
export async function deletePrice(projectId: string, id: string): Promise<void> {
  const { db, prices: memory } = services();
  const gone = isUuid(id)
    ? await db
        .delete(prices)
        .where(and(eq(prices.projectId, projectId), eq(prices.id, id)))
        .returning({ id: prices.id })
    : [];
  await memory.renew(projectId);
  if (gone.length === 0) throw new DomainError("not_found", "There is no price with this id.");
}
