import { RunList } from "@/lib/core/api/run";
import { type Backoff, backoffMs, defaultBackoff, pause } from "../connection/backoff";
import { readJson, Unreachable } from "../connection/request";
import type { Connection } from "../connection/settings";
import { openStream } from "./open-stream";
import { readSse } from "./read-sse";

export type LatestOptions = { readonly signal: AbortSignal; readonly backoff?: Backoff };

/** Id of the newest run, or null where there is none yet. */
export async function latestRun(connection: Connection, options: LatestOptions): Promise<string | null> {
  const list = await readJson(connection, "/api/runs?limit=1", { ...options, schema: RunList });
  return list.runs[0]?.id ?? null;
}

/** Waits on the project's feed until the newest run is another one than `known`; null when aborted. Throws when the key is refused. */
export async function nextRun(connection: Connection, known: string | null, options: LatestOptions): Promise<string | null> {
  for (let attempt = 0; !options.signal.aborted; attempt += 1) {
    let retryAfterMs: number | undefined;
    try {
      const opened = await openStream(connection, "/api/stream", { signal: options.signal });
      retryAfterMs = opened.retryAfterMs;
      if (opened.stream !== null) {
        for await (const frame of readSse(opened.stream, options.signal)) {
          // `hello` opens every connection: looking then closes the gap between the last look and the first frame.
          if (frame.event !== "hello" && frame.event !== "run") continue;
          attempt = 0;
          const latest = await latestRun(connection, options);
          if (latest !== known) return latest;
        }
      }
    } catch (error) {
      if (options.signal.aborted) return null;
      if (!(error instanceof Unreachable)) throw error;
    }
    await pause(retryAfterMs ?? backoffMs(options.backoff ?? defaultBackoff, attempt), options.signal);
  }
  return null;
}
