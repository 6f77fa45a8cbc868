import { databaseCodeOf, databaseErrorOf, isDatabaseGone } from "@/db/client";
import { DomainError } from "../errors";

/** If the connection breaks or goes silent during a COMMIT, nobody knows its outcome. */
export function unavailable(): DomainError {
  return new DomainError("unavailable", "The database does not answer at the moment. Nothing was acknowledged.", {
    retryAfterSeconds: 2,
    hint: "Retry the same request after the pause: an event that was stored is not stored twice.",
  });
}

/** The error that a request gets for what was thrown; null for an internal error. */
export function knownError(thrown: unknown): DomainError | null {
  if (thrown instanceof DomainError) return thrown;
  const error = databaseErrorOf(thrown);
  const code = databaseCodeOf(error);
  if (code === "53100")
    return new DomainError("unavailable", "The database's disk is full. Nothing can be stored until there is free space.", {
      retryAfterSeconds: 30,
    });
  if (isDatabaseGone(error)) return unavailable();
  // Class 40: the database chose this transaction to resolve a deadlock or conflict, and rolled it back.
  if (code.startsWith("40"))
    return new DomainError("unavailable", "This request conflicted with another write at the same moment. Nothing of it was stored.", {
      retryAfterSeconds: 1,
      hint: "Retry the same request after the pause.",
    });
  // Class 22: a value that the database cannot store passed validation.
  if (code.startsWith("22")) return new DomainError("invalid_event", "A value in this request cannot be stored.");
  return null;
}
