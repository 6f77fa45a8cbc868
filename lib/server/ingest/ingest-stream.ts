import type { Call } from "../http/call";
import { Coming } from "../http/gathered";
import { tooMuchComing } from "../http/read-body";
import { askAgainMs } from "../http/still-allowed";
import { services } from "../services";
import type { RawEvent } from "./accept-event";
import type { BodyKind } from "./body-kind";
import { openSplitter } from "./split-body";
import { type Door, type IngestReport, storeEvents } from "./store-events";

const batchEvents = 500;

export type ChunkedBody = {
  readonly kind: Exclude<BodyKind, "json">;
  readonly chunks: AsyncIterable<Uint8Array>;
};

type Reading = { readonly door: Door; readonly report: IngestReport; index: number; batch: RawEvent[] };

/**
 * Stores a body that is still being written, event by event: what arrives together is committed together, and the socket is held back while
 * the appender's queue is full. What was stored stays when the sender goes away.
 */
export async function ingestStream(door: Door, body: ChunkedBody & Pick<Call, "stillAllowed">, report: IngestReport): Promise<void> {
  const reading: Reading = { door, report, index: 0, batch: [] };
  const decoder = new TextDecoder("utf-8");
  const splitter = openSplitter(body.kind, (event) => reading.batch.push(event));
  const coming = new Coming();
  let askedAt = performance.now();
  try {
    for await (const chunk of body.chunks) {
      if (performance.now() - askedAt > askAgainMs) {
        await body.stillAllowed();
        askedAt = performance.now();
      }
      splitter.feed(decoder.decode(chunk, { stream: true }));
      await flush(reading);
      coming.hold(splitter.held());
      if (coming.isTooMuch) throw tooMuchComing("Every event before the last one is stored. Send the last one and those after it again.");
    }
  } finally {
    coming.hold(0);
  }
  splitter.feed(decoder.decode());
  splitter.end();
  await flush(reading);
}

async function flush(reading: Reading): Promise<void> {
  reading.door.context.receivedAtMs = services().now();
  while (reading.batch.length > 0) {
    const events = reading.batch.splice(0, batchEvents);
    await storeEvents(reading.door, events, reading.report, { firstIndex: reading.index, patient: true });
    reading.index += events.length;
  }
}
