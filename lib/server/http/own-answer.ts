import { DomainError } from "../errors";

type OwnAnswer<T> =
  | { readonly value: T; readonly error: null }
  | { readonly value: null; readonly error: { readonly code: string; readonly message: string } };

/** One of many that were asked for in one request: what came of it, or why it was refused. What is no refusal is thrown. */
export async function ownAnswer<T>(work: () => Promise<T>): Promise<OwnAnswer<T>> {
  try {
    return { value: await work(), error: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { value: null, error: { code: error.code, message: error.message } };
  }
}
