import { createParser } from "eventsource-parser";
import type { Clock } from "./clock";

export type SseFrame = { readonly event: string; readonly id: string | undefined; readonly payload: unknown };

export type SseEnd = { readonly status: number; readonly reason: string };

export type SseOptions = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Cut the connection when not even a heartbeat came for this long. */
  readonly silenceMs: number;
  readonly onFrame: (frame: SseFrame) => void;
  /** Called once, unless `close` was called. `status` is the HTTP status of a refusal, 200 for a stream that ended, 0 otherwise. */
  readonly onEnd: (end: SseEnd) => void;
};

/** Opens one server-sent event stream over fetch; gives its `close`. */
export function openSseConnection(options: SseOptions): () => void {
  const abort = new AbortController();
  let over = false;
  let disarm = () => {};
  const end = (status: number, reason: string) => {
    if (over) return;
    over = true;
    disarm();
    abort.abort();
    options.onEnd({ status, reason });
  };
  const rearm = () => {
    disarm();
    disarm = options.clock.after(options.silenceMs, () => end(0, "silent"));
  };
  rearm();
  read(options, abort.signal, { rearm, isOver: () => over }).then(
    ({ status, reason }) => end(status, reason),
    () => end(0, "unreachable"),
  );
  return () => {
    over = true;
    disarm();
    abort.abort();
  };
}

async function read(options: SseOptions, signal: AbortSignal, guard: { rearm: () => void; isOver: () => boolean }): Promise<SseEnd> {
  const response = await options.fetch(options.url, {
    signal,
    credentials: "same-origin",
    cache: "no-store",
    headers: { accept: "text/event-stream", ...options.headers },
  });
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok || !response.body || !type.startsWith("text/event-stream")) {
    await response.body?.cancel();
    return { status: response.ok ? 0 : response.status, reason: response.ok ? "not a stream" : "refused" };
  }
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      if (guard.isOver()) return;
      options.onFrame({ event: event ?? "message", id, payload: JSON.parse(data) });
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || guard.isOver()) return { status: 200, reason: "ended" };
    guard.rearm();
    parser.feed(decoder.decode(value, { stream: true }));
  }
}
