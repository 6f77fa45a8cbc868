import type { IncomingMessage, ServerResponse } from "node:http";
import { createGzip, gzip } from "node:zlib";
import type { Sink } from "../live/sink";
import type { FullReply, HttpReply } from "./call";
import { drained } from "./drained";

/** Shorter answers are a few packets either way. Characters of text, bytes of what is bytes. */
const leastLength = 4 * 1024;
/** 3.5 MB of a long run's rows become 9 % in 12 ms; level 6 makes 7 % of them in 19, level 1 9 % in as long as level 3. */
const options = { level: 3 };

/**
 * Whether an answer goes out as gzip: it is text of some length, and its reader takes that. Streams are never compressed, nor what says
 * that it must stay as it is.
 */
export function isCompressed(request: IncomingMessage, reply: HttpReply): boolean {
  // The answer to an event is short, and most senders take no other: asked first, for they are most of all answers.
  if (reply.kind === "full" && (reply.body === null || reply.body.length < leastLength)) return false;
  const offered = request.headers["accept-encoding"];
  if (offered === undefined || !takesGzip(String(offered)) || request.method === "HEAD") return false;
  const headers = reply.headers ?? {};
  const type = String(headers["content-type"]);
  if (type.startsWith("text/event-stream") || !/^(?:text\/|application\/(?:json|x-ndjson|yaml)\b)/.test(type)) return false;
  return headers["content-encoding"] === undefined && !String(headers["cache-control"]).includes("no-transform");
}

function takesGzip(offered: string): boolean {
  return offered.split(",").some((one) => /^\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(one));
}

/** The same reply with its body as gzip, made beside what else is served. */
export function compressed(reply: FullReply): Promise<FullReply> {
  return new Promise((resolve, reject) => {
    gzip(reply.body ?? "", options, (error, body) => (error ? reject(error) : resolve({ ...reply, headers: asGzip(reply), body })));
  });
}

/** Headers of a reply whose body goes out as gzip. */
export function asGzip({ headers }: HttpReply): Record<string, string | readonly string[]> {
  const { "content-length": _, ...rest } = headers ?? {};
  return { ...rest, "content-encoding": "gzip", vary: "Accept-Encoding" };
}

/** What is written here goes out as gzip, as fast as the peer takes it. */
export function gzipSink(response: ServerResponse, to: Sink): Sink {
  const zip = createGzip(options);
  zip.on("error", to.cut).pipe(response);
  to.onClose(() => zip.destroy());
  return {
    write: (chunk) => {
      if (!to.closed && !zip.writableEnded) zip.write(chunk);
    },
    get unsent() {
      return zip.writableLength + zip.readableLength + to.unsent;
    },
    drained: () => drained(zip),
    end: () => void zip.end(),
    cut: to.cut,
    get closed() {
      return to.closed || zip.writableEnded;
    },
    onClose: to.onClose,
  };
}
