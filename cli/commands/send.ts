import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Backoff } from "../connection/backoff";
import { CliError } from "../errors";
import { type Door, type IngestReply, postRecords, refusedIn, runForNext } from "../ingest/post-records";
import { contentTypes, createRecordSplitter, type Format, readable } from "../ingest/split-records";
import { type Io, warn, write } from "../io";
import { plainJson, plainText } from "../render/plain-text";

export type SendOptions = {
  readonly door: Door;
  readonly format?: Format | undefined;
  readonly backoff?: Backoff;
};

/** A batch stays well below the size that a door accepts in one body. */
const maxBatchBytes = 1024 * 1024;
const maxBatchRecords = 1_000;
const maxTries = 8;

/** Posts a file (or stdin, `-`) and prints the door's reply, those of several batches added up. Exit code 1 when events were refused. */
export async function send(io: Io, file: string, options: SendOptions): Promise<number> {
  const content = await read(io, file);
  if (content.length === 0) throw new CliError(`${file === "-" ? "stdin" : file} is empty`);
  const format = options.format ?? formatOf(file, content);
  if (format !== "json" && !isUtf8(content)) warn(io, "bytes that are not UTF-8 are sent as U+FFFD");
  const replies: IngestReply[] = [];
  let run = options.door.run;
  let index = 0;
  for (const batch of batches(content, format)) {
    const posted = await postRecords({ ...options.door, run }, batch.body, {
      contentType: contentTypes[format],
      signal: io.signal,
      ...(options.backoff !== undefined && { backoff: options.backoff }),
      onRetry: patience(io),
    });
    const offset = index;
    index += batch.records;
    // Of several bodies the others may be taken: one event that is too long keeps nothing else from being stored.
    if ("failure" in posted && posted.kind === "refused" && batch.records > 0) {
      warn(io, `${placeOf(offset, batch.records)} refused: ${plainText(posted.failure)}`);
      replies.push({ accepted: 0, duplicates: 0, rejected: [], rejectedTotal: batch.records, runs: [] });
      continue;
    }
    if ("failure" in posted) {
      if (replies.length > 0) await write(io.stdout, `${plainJson(JSON.stringify(sum(replies)))}\n`);
      throw new CliError(posted.failure);
    }
    replies.push({ ...posted.reply, rejected: posted.reply.rejected.map((one) => ({ ...one, index: one.index + offset })) });
    run = runForNext(options.door, posted.reply, run);
  }
  const total = sum(replies);
  if (format !== "json" && total.accepted + total.duplicates + refusedIn(total) === 0)
    throw new CliError(`no events in ${plainText(file === "-" ? "stdin" : file)}, read as ${format}; set the format with --format`);
  await write(io.stdout, `${plainJson(JSON.stringify(total))}\n`);
  return refusedIn(total) > 0 ? 1 : 0;
}

async function read(io: Io, file: string): Promise<Buffer<ArrayBuffer>> {
  try {
    const content = file === "-" ? await buffer(io.stdin) : await readFile(resolve(io.cwd, file));
    return Buffer.from(content);
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const extensions: Readonly<Record<string, Format>> = { ".ndjson": "ndjson", ".jsonl": "ndjson", ".sse": "sse" };

/** By the file's name, else by its content: one JSON document, one JSON document a line, or SSE frames. */
function formatOf(file: string, content: Buffer): Format {
  const named = extensions[extname(file).toLowerCase()];
  if (named !== undefined) return named;
  const text = content
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  if (!text.startsWith("{") && !text.startsWith("[")) return "sse";
  return parses(text) ? "json" : "ndjson";
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where a refused batch stands in the file. */
function placeOf(offset: number, records: number): string {
  return records === 1 ? `event ${offset + 1} of the file was` : `events ${offset + 1} to ${offset + records} of the file were`;
}

type Batch = { readonly body: Buffer<ArrayBuffer>; readonly records: number };

function* batches(content: Buffer<ArrayBuffer>, format: Format): Generator<Batch> {
  if (format === "json" || (content.length <= maxBatchBytes && isUtf8(content))) {
    yield { body: content, records: 0 };
    return;
  }
  const splitter = createRecordSplitter(format);
  let batch: Buffer[] = [];
  let bytes = 0;
  for (const record of [...splitter.push(content), ...splitter.end()].map(readable)) {
    if (batch.length > 0 && (bytes + record.length > maxBatchBytes || batch.length >= maxBatchRecords)) {
      yield { body: Buffer.concat(batch), records: batch.length };
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += record.length;
  }
  if (batch.length > 0) yield { body: Buffer.concat(batch), records: batch.length };
}

function sum(replies: readonly IngestReply[]): IngestReply {
  const [only] = replies;
  if (only !== undefined && replies.length === 1) return only;
  const runs = new Map<string, IngestReply["runs"][number]>();
  for (const reply of replies) {
    for (const run of reply.runs) runs.set(run.id, { ...run, firstSeq: runs.get(run.id)?.firstSeq ?? run.firstSeq });
  }
  return {
    accepted: replies.reduce((total, reply) => total + reply.accepted, 0),
    duplicates: replies.reduce((total, reply) => total + reply.duplicates, 0),
    rejected: replies.flatMap((reply) => reply.rejected),
    rejectedTotal: replies.reduce((total, reply) => total + refusedIn(reply), 0),
    runs: [...runs.values()],
  };
}

function patience(io: Io): (reason: string, waitMs: number) => boolean {
  let tries = 0;
  return (reason, waitMs) => {
    tries += 1;
    // Nobody listens at all: say so at once instead of waiting for somebody to start a server.
    if (tries >= maxTries || reason.startsWith("no answer")) return false;
    warn(io, `${reason}; retrying in ${(waitMs / 1_000).toFixed(1)} s`);
    return true;
  };
}
