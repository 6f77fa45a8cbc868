import type { ServerAddress } from "@/db/client";

/** The address, for DATABASE_URL, of a server that is reached by a socket or by its name. */
export function databaseAddress({ host, port, user, password, database }: ServerAddress): string {
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?${query}`;
}
