import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { DomainError } from "../errors";
import type { Call } from "./call";
import { Gathered } from "./gathered";

/** Limit on a body read whole, after decompression (a 204 KB gzip can be 200 MB). */
export const maxBodyBytes = 4 * 1024 * 1024;
export const bodyTimeoutMs = 30_000;
/** How many times its size a compressed stream may expand, once it is longer than `freeInflatedBytes`. */
export const maxInflation = 100;
export const freeInflatedBytes = 8 * 1024 * 1024;

/** The whole body as text. Throws too_large, overloaded, timeout, invalid_encoding or unsupported_media_type. */
export async function readBody(call: Pick<Call, "body" | "header" | "whole">, limit = maxBodyBytes): Promise<string> {
  const declared = Number(call.header("content-length") ?? 0);
  if (declared > limit) throw tooLarge(limit);
  const stream = inflated(call);
  return utf8(stream === call.body ? await call.whole(limit) : await collect(stream, limit));
}

/** Gathers a stream into one piece. Throws too_large, overloaded and timeout. */
export async function collect(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const gathered = new Gathered();
  try {
    for await (const chunk of withDeadline(stream, bodyTimeoutMs)) {
      gathered.add(chunk);
      const refusal = refusalOf(gathered, limit);
      if (refusal) throw refusal;
    }
    return gathered.whole();
  } finally {
    gathered.leave();
  }
}

/** Why no more of a body is accepted; null = it may continue. */
export function refusalOf(gathered: Gathered, limit: number): DomainError | null {
  if (gathered.size > limit) return tooLarge(limit);
  if (!gathered.isTooMuch) return null;
  return tooMuchComing("Retry the same request after the pause, or stream its events as NDJSON.");
}

export function tooMuchComing(hint: string): DomainError {
  return new DomainError("overloaded", "Too many large bodies are arriving at the moment.", { retryAfterSeconds: 2, hint });
}

/** The body's bytes, decompressed when the request says that they are compressed. */
export function inflated(call: Pick<Call, "body" | "header">): AsyncIterable<Uint8Array> {
  const encoding = call.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding === "" || encoding === "identity") return call.body;
  const inflate = inflaterOf(encoding);
  if (!inflate)
    throw new DomainError("unsupported_media_type", `Content-Encoding "${encoding.slice(0, 40)}" is not supported.`, {
      hint: "Use gzip, deflate, br or none.",
    });
  const taken = { bytes: 0 };
  // When either stream fails or ends, so does the other; the reader learns of it from the second.
  pipeline(Readable.from(counted(call.body, taken)), inflate, () => {});
  return withinRatio(brokenAsRefusal(inflate), taken);
}

async function* counted(stream: AsyncIterable<Uint8Array>, taken: { bytes: number }): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) {
    taken.bytes += chunk.length;
    yield chunk;
  }
}

/** Events compress to a tenth or a thirtieth. A body that expands far more costs its sender nothing, and everybody else CPU time. */
async function* withinRatio(stream: AsyncIterable<Uint8Array>, taken: { readonly bytes: number }): AsyncIterable<Uint8Array> {
  let given = 0;
  for await (const chunk of stream) {
    given += chunk.length;
    if (given > freeInflatedBytes && given > taken.bytes * maxInflation)
      throw new DomainError(
        "too_large",
        `The compressed body expands more than ${maxInflation} times. Events before that point are stored.`,
        {
          hint: "Compress it less, or split it into several requests.",
        },
      );
    yield chunk;
  }
}

function inflaterOf(encoding: string) {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  if (encoding === "deflate") return createInflate();
  if (encoding === "br") return createBrotliDecompress();
  return null;
}

async function* brokenAsRefusal(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* stream;
  } catch {
    throw new DomainError("invalid_encoding", "The compressed body is corrupt or cut off.");
  }
}

async function* withDeadline(bytes: AsyncIterable<Uint8Array>, ms: number): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), ms);
  });
  late.catch(() => {});
  try {
    for (let next = await Promise.race([iterator.next(), late]); !next.done; next = await Promise.race([iterator.next(), late]))
      yield next.value;
  } finally {
    clearTimeout(timer);
    // Not awaited: it queues behind a read that may never finish.
    iterator.return?.().catch(() => {});
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Bytes as text; a byte-order mark is dropped. Throws invalid_encoding. */
export function utf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new DomainError("invalid_encoding", "The body is not valid UTF-8.");
  }
}

function tooLarge(limit: number): DomainError {
  return new DomainError("too_large", `The body is larger than ${limit / 1024 / 1024} MiB.`, {
    hint: "Send fewer events per request, or stream them as NDJSON.",
  });
}

export function tooSlow(): DomainError {
  return new DomainError("timeout", `The body did not arrive within ${bodyTimeoutMs / 1000} seconds.`);
}
