import { Buffer, isUtf8 } from "node:buffer";

export type Format = "sse" | "ndjson" | "json";

export const contentTypes: Record<Format, string> = {
  sse: "text/event-stream",
  ndjson: "application/x-ndjson",
  json: "application/json",
};

const lineFeed = 10;
const carriageReturn = 13;

export type RecordSplitter = {
  /** The complete records that these bytes finish, untouched, each with its own terminator. */
  readonly push: (chunk: Uint8Array) => readonly Buffer[];
  /** What was left without a terminator when the input ended. */
  readonly end: () => readonly Buffer[];
};

/** A record that never ends is cut off here: the server refuses an event above 4 MiB anyway. */
export const maxRecordBytes = 8 * 1024 * 1024;

/**
 * Cuts a byte stream into events without decoding it: an SSE frame ends at a blank line, an NDJSON record at a line end.
 * Lines may end in LF, CRLF or CR (WHATWG HTML, "Parsing an event stream"); comments and blank lines are left out.
 */
export function createRecordSplitter(format: "sse" | "ndjson"): RecordSplitter {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let record: Buffer[] = [];
  let recordBytes = 0;
  let afterReturn = false;

  function endRecord(into: Buffer[]): void {
    if (record.length > 0) into.push(Buffer.concat(format === "sse" ? [...record, Buffer.from("\n")] : record));
    record = [];
    recordBytes = 0;
  }

  function endLine(rest: Uint8Array, into: Buffer[]): void {
    const line = Buffer.concat([...pending, rest]);
    pending = [];
    pendingBytes = 0;
    const blank = isBlank(line);
    if (!blank && !(format === "sse" && line[0] === 0x3a)) {
      record.push(line, Buffer.from("\n"));
      recordBytes += line.length + 1;
    }
    if (format === "ndjson" || blank || recordBytes > maxRecordBytes) endRecord(into);
  }

  return {
    push: (chunk) => {
      const records: Buffer[] = [];
      let start = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === lineFeed && afterReturn) {
          start = at + 1;
          afterReturn = false;
          continue;
        }
        afterReturn = byte === carriageReturn;
        if (byte !== lineFeed && byte !== carriageReturn) continue;
        endLine(chunk.subarray(start, at), records);
        start = at + 1;
      }
      const rest = chunk.subarray(start);
      if (rest.length > 0) pending.push(Buffer.from(rest));
      pendingBytes += rest.length;
      if (pendingBytes > maxRecordBytes) endLine(new Uint8Array(0), records);
      return records;
    },
    end: () => {
      const records: Buffer[] = [];
      if (pendingBytes > 0) endLine(new Uint8Array(0), records);
      endRecord(records);
      return records;
    },
  };
}

/** A door refuses a body that is not UTF-8 as a whole: one bad byte would cost every event that goes out with it. */
export function readable(record: Buffer): Buffer {
  return isUtf8(record) ? record : Buffer.from(record.toString("utf8"));
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09);
}

/** Tells the framing from the first bytes; null until something other than white space has come. */
export function sniffFormat(head: Uint8Array): "sse" | "ndjson" | null {
  const text = new TextDecoder().decode(head).trimStart();
  if (text === "") return null;
  return text.startsWith("{") || text.startsWith("[") ? "ndjson" : "sse";
}
