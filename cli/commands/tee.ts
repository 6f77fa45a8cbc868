import { once } from "node:events";
import type { Backoff } from "../connection/backoff";
import { createForwarder, type Forwarder } from "../ingest/forwarder";
import type { Door } from "../ingest/post-records";
import { contentTypes, createRecordSplitter, type RecordSplitter, sniffFormat } from "../ingest/split-records";
import { type Io, isGone, warn, write } from "../io";

export type TeeOptions = {
  readonly door: Door;
  readonly format?: "sse" | "ndjson" | undefined;
  readonly bufferBytes: number;
  /** How long to go on trying after the input has ended. */
  readonly drainMs: number;
  readonly backoff?: Backoff;
};

/**
 * Passes stdin through to stdout byte by byte, at the pace of whoever reads it, and forwards its events on the side.
 * Nothing about the server ever delays or changes the bytes. Exit code 1 when events were lost or refused.
 */
export async function tee(io: Io, options: TeeOptions): Promise<number> {
  const side = createSide(io, options);
  const stopped = new Promise<"stopped">((resolve) => {
    const stop = () => resolve("stopped");
    if (io.signal.aborted) stop();
    io.signal.addEventListener("abort", stop, { once: true });
    io.stdout.once("close", stop).once("error", stop);
  });
  const input = io.stdin[Symbol.asyncIterator]();
  let ended = false;
  for (;;) {
    const chunk = await Promise.race([input.next(), stopped]);
    ended = chunk !== "stopped" && chunk.done === true;
    if (chunk === "stopped" || chunk.done) break;
    const bytes: Uint8Array = typeof chunk.value === "string" ? Buffer.from(chunk.value) : chunk.value;
    const passed = write(io.stdout, bytes);
    side.push(bytes);
    if (!(await Promise.race([passed, stopped]))) break;
  }
  io.stdin.destroy();
  if (io.stdout.writableLength > 0 && !isGone(io.stdout)) await Promise.race([once(io.stdout, "drain"), stopped]);
  const report = await side.finish(io.signal.aborted ? Math.min(options.drainMs, 3_000) : options.drainMs, ended);
  const missing = report.lost + report.rejected;
  if (missing > 0) warn(io, `${report.accepted} events stored, ${report.lost} lost, ${report.rejected} rejected`);
  else if (ended && report.accepted + report.duplicates === 0) warn(io, "no events found in the input; set the format with --format");
  return io.signal.aborted ? 130 : missing > 0 ? 1 : 0;
}

type Side = {
  readonly push: (bytes: Uint8Array) => void;
  /** Where the input did not end by itself, its last record may be half of one and is left out. */
  readonly finish: (patienceMs: number, ended: boolean) => ReturnType<Forwarder["finish"]>;
};

/** The forwarding half: finds out the framing, cuts records, hands them on. */
function createSide(io: Io, options: TeeOptions): Side {
  let head: Uint8Array[] = [];
  let started: { splitter: RecordSplitter; forwarder: Forwarder } | null = null;

  function start(format: "sse" | "ndjson") {
    const forwarder = createForwarder(options.door, {
      contentType: contentTypes[format],
      bufferBytes: options.bufferBytes,
      // An interrupt ends the input; what was read still has a moment to leave.
      signal: new AbortController().signal,
      ...(options.backoff !== undefined && { backoff: options.backoff }),
      warn: (message) => warn(io, message),
    });
    return { splitter: createRecordSplitter(format), forwarder };
  }

  return {
    push: (bytes) => {
      if (started === null) {
        head.push(bytes);
        const joined = Buffer.concat(head);
        const format = options.format ?? sniffFormat(joined);
        // White space only: the framing is not known yet, and nothing worth keeping is lost past this.
        if (format === null) head = joined.length > 4_096 ? [] : [joined];
        if (format === null) return;
        started = start(format);
        bytes = joined;
        head = [];
      }
      for (const record of started.splitter.push(bytes)) started.forwarder.push(record);
    },
    finish: async (patienceMs, ended) => {
      if (started === null) return { accepted: 0, duplicates: 0, rejected: 0, lost: 0 };
      if (ended) for (const record of started.splitter.end()) started.forwarder.push(record);
      return started.forwarder.finish(patienceMs);
    },
  };
}
