import { retryAfterMs } from "../connection/backoff";
import { refusal, request, Unreachable } from "../connection/request";
import type { Connection } from "../connection/settings";

export type Opened = { readonly stream: ReadableStream<Uint8Array> | null; readonly retryAfterMs?: number | undefined };

/** Opens an event stream; null while the server is away, overloaded or restarting. Other refusals are thrown: a key or a run that is gone does not come back by asking again. */
export async function openStream(
  connection: Connection,
  path: string,
  { lastSeq = 0, signal }: { readonly lastSeq?: number; readonly signal: AbortSignal },
): Promise<Opened> {
  const headers = { accept: "text/event-stream", ...(lastSeq > 0 && { "last-event-id": String(lastSeq) }) };
  try {
    const response = await request(connection, path, { headers, signal });
    if (response.ok) return { stream: response.body };
    if (response.status < 500 && response.status !== 429) throw await refusal(connection, response);
    await response.body?.cancel();
    return { stream: null, retryAfterMs: retryAfterMs(response.headers) };
  } catch (error) {
    if (error instanceof Unreachable || signal.aborted) return { stream: null };
    throw error;
  }
}
