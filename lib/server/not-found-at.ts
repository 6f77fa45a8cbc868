import { DomainError } from "./errors";

/** Passes the result through; a not_found error gets the path where this request named the missing thing. */
export async function notFoundAt<T>(path: string, found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") throw new DomainError("not_found", error.message, { path });
    throw error;
  }
}
