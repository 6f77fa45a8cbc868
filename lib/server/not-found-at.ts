import { DomainError } from "./errors";

/** The same; what is not found is told with where this request named it. */
export async function notFoundAt<T>(path: string, found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") throw new DomainError("not_found", error.message, { path });
    throw error;
  }
}
