import { DomainError } from "../errors";
import type { Sink } from "../live/sink";
import { services } from "../services";
import { type Headers, jsonText, type Reply } from "./call";

/** Bodies up to this length are sent like any other. */
const wholeChars = 2 * 1024 * 1024;
/** Limit on the characters held by all prepared bodies being sent. */
const mostHeldChars = 48 * 1024 * 1024;

const held = { chars: 0 };

/**
 * A JSON body generated piece by piece and written as fast as the peer takes it: a long body is never in memory whole, neither as text nor
 * as bytes. A failure within the first 2 MiB is answered as usual; a later one cuts the connection, so that half a body does not pass for a
 * whole one.
 */
export async function jsonInPieces(pieces: AsyncIterable<string> | Iterable<string>, headers: Headers = {}): Promise<Reply> {
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  const first: string[] = [];
  for (let chars = 0; chars < wholeChars; ) {
    const { value, done } = await iterator.next();
    if (done) return jsonText(200, first.join(""), headers);
    first.push(value);
    chars += value.length;
  }
  async function* all(): AsyncGenerator<string> {
    yield* first.splice(0);
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return {
    kind: "stream",
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    start: (sink) => {
      sink.onClose(() => void iterator.return?.());
      void writePieces(sink, all());
    },
  };
}

/** The same for a body that is already prepared: bodies that nobody reads may together hold only so much. Throws overloaded. */
export async function jsonHeld(pieces: readonly string[], headers: Headers = {}): Promise<Reply> {
  const chars = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (held.chars + chars > mostHeldChars && held.chars > 0)
    throw new DomainError("overloaded", "Too many long replies are being sent at the moment.", { retryAfterSeconds: 2 });
  const length = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  const reply = await jsonInPieces(pieces, { ...headers, "content-length": String(length) });
  if (reply.kind !== "stream") return reply;
  return {
    ...reply,
    start: (sink) => {
      held.chars += chars;
      sink.onClose(() => {
        held.chars -= chars;
      });
      reply.start(sink);
    },
  };
}

/** Writes the pieces as fast as the peer takes them, then ends. */
export async function writePieces(sink: Sink, pieces: AsyncIterable<string>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (sink.closed) return;
      sink.write(Buffer.from(piece));
      await sink.drained();
    }
    sink.end();
  } catch (error) {
    services().log.error({ err: error }, "a long reply broke off");
    sink.cut();
  }
}
