import { and, eq } from "drizzle-orm";
import { databaseCodeOf } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
import { DomainError } from "../errors";
import { services } from "../services";

/** A request that may be repeated under its Idempotency-Key. */
export type KeyedRequest = { readonly projectId: string; readonly key: string; readonly bodyHash: Buffer };

/** The response given to the same request under this key. Throws idempotency_mismatch. */
export async function earlierAnswer({ projectId, key, bodyHash }: KeyedRequest): Promise<string | null> {
  const [row] = await services()
    .db.select({ bodyHash: idempotencyKeys.bodyHash, reply: idempotencyKeys.reply })
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.projectId, projectId), eq(idempotencyKeys.key, key)));
  if (!row) return null;
  if (!row.bodyHash.equals(bodyHash))
    throw new DomainError("idempotency_mismatch", "This Idempotency-Key was already used for a different request.", {
      path: "Idempotency-Key",
    });
  return row.reply;
}

const uniqueViolation = "23505";

/** The response to an identical request that won the race and made this one fail; rethrows any other failure. */
export async function answerOfWinner(request: KeyedRequest, failure: unknown): Promise<string> {
  const won = databaseCodeOf(failure) === uniqueViolation ? await earlierAnswer(request) : null;
  if (won === null) throw failure;
  return won;
}
