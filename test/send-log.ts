import type { TestServer } from "./server";

const atOnce = 500;

/** Sends a long run of Shannon's, in the order of its events. */
export async function sendLog(server: TestServer, events: readonly object[]): Promise<void> {
  for (let from = 0; from < events.length; from += atOnce) await server.send("/api/ingest/shannon", events.slice(from, from + atOnce));
}
