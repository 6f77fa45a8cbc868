import { DomainError } from "../errors";

type OwnAnswer<T> =
  | { readonly value: T; readonly error: null }
  | { readonly value: null; readonly error: { readonly code: string; readonly message: string } };

/** The outcome for one of many items in a request: its value, or why it was refused. Rethrows anything that is not a refusal. */
export async function ownAnswer<T>(work: () => Promise<T>): Promise<OwnAnswer<T>> {
  try {
    return { value: await work(), error: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { value: null, error: { code: error.code, message: error.message } };
  }
}
