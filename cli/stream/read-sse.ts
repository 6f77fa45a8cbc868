import { createParser, type EventSourceMessage } from "eventsource-parser";

/** The server sends a comment every 10 s: a connection that is silent for three of them is dead. */
export const silenceMs = 35_000;
/** One event is at most 4 MiB at the door; escaping can double it. */
const maxFrameLength = 16 * 1024 * 1024;

/**
 * The frames of one text/event-stream body. Ends when the body ends, is cut, or goes silent.
 * Throws only when `signal` is aborted.
 */
export async function* readSse(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<EventSourceMessage> {
  const frames: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (frame) => frames.push(frame), maxBufferSize: maxFrameLength });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const chunk = await readOrSilence(reader);
      signal.throwIfAborted();
      if (chunk === null) return;
      parser.feed(decoder.decode(chunk, { stream: true }));
      yield* frames.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readOrSilence(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), silenceMs);
  });
  try {
    const read = reader.read().then(
      (result) => (result.done ? null : result.value),
      () => null,
    );
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
