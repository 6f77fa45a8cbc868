import { Buffer } from "node:buffer";
import type { Backoff } from "../connection/backoff";
import { plainText } from "../render/plain-text";
import { type Door, type IngestReply, postRecords, refusedIn, runForNext } from "./post-records";
import { readable } from "./split-records";

export type ForwarderOptions = {
  readonly contentType: string;
  /** How much may wait for a server that is away, in bytes. */
  readonly bufferBytes: number;
  readonly signal: AbortSignal;
  readonly backoff?: Backoff;
  readonly warn: (message: string) => void;
};

export type ForwardReport = {
  readonly accepted: number;
  readonly duplicates: number;
  /** Refused by the server, one by one. */
  readonly rejected: number;
  /** Never taken by the server: no room left, refused as a whole, or given up at the end. */
  readonly lost: number;
};

export type Forwarder = {
  /** Never waits and never fails: what does not fit is counted as lost. */
  readonly push: (record: Buffer) => void;
  /** Sends what is left, for at most `patienceMs`, and reports. */
  readonly finish: (patienceMs: number) => Promise<ForwardReport>;
};

const maxBatchRecords = 500;
const maxBatchBytes = 1024 * 1024;

/** Posts records in order, one batch at a time: at once when idle, together what came while a batch was on its way. */
export function createForwarder(door: Door, options: ForwarderOptions): Forwarder {
  const queue: Buffer[] = [];
  let queuedBytes = 0;
  const report = { accepted: 0, duplicates: 0, rejected: 0, lost: 0 };
  const deadline = new AbortController();
  const signal = AbortSignal.any([options.signal, deadline.signal]);
  let run = door.run;
  let closed = false;
  let working: Promise<void> | null = null;
  const tell = createTeller(options.warn);
  const tellRefusal = createTeller((message) => options.warn(plainText(message)));

  function lose(count: number, reason: string): void {
    report.lost += count;
    tell(reason);
  }

  async function work(): Promise<void> {
    while (queue.length > 0 && !closed && !signal.aborted) {
      const batch = takeBatch(queue);
      const bytes = batch.reduce((sum, record) => sum + record.length, 0);
      const posted = await postRecords({ ...door, run }, Buffer.concat(batch), {
        contentType: options.contentType,
        signal,
        ...(options.backoff !== undefined && { backoff: options.backoff }),
        onRetry: (reason) => {
          tell(`${reason}; events are buffered until it is back`);
          return true;
        },
      });
      queuedBytes -= bytes;
      if ("reply" in posted) {
        count(posted.reply);
        tell(null);
      } else {
        lose(batch.length, posted.kind === "given-up" ? "" : posted.failure);
        closed ||= posted.kind === "shut";
      }
    }
    working = null;
  }

  function count(reply: IngestReply): void {
    report.accepted += reply.accepted;
    report.duplicates += reply.duplicates;
    report.rejected += refusedIn(reply);
    const first = reply.rejected[0];
    if (first !== undefined) tellRefusal(`events are rejected: ${first.message}`);
    run = runForNext(door, reply, run);
  }

  return {
    push: (record) => {
      if (closed) return lose(1, "");
      if (queuedBytes + record.length > options.bufferBytes) return lose(1, "the buffer is full; newer events are lost");
      const sent = readable(record);
      queue.push(sent);
      queuedBytes += sent.length;
      working ??= work();
    },
    finish: async (patienceMs) => {
      const timer = setTimeout(() => deadline.abort(), patienceMs);
      await working;
      clearTimeout(timer);
      report.lost += queue.splice(0).length;
      return report;
    },
  };
}

function takeBatch(queue: Buffer[]): Buffer[] {
  let bytes = 0;
  let count = 0;
  for (const record of queue) {
    if (count > 0 && (count >= maxBatchRecords || bytes + record.length > maxBatchBytes)) break;
    bytes += record.length;
    count += 1;
  }
  return queue.splice(0, count);
}

/** Says a trouble once, not for every batch that meets it; `null` = it is over. */
function createTeller(warn: (message: string) => void): (message: string | null) => void {
  let last = "";
  return (message) => {
    if (message === null) last = "";
    else if (message !== "" && message !== last) {
      last = message;
      warn(message);
    }
  };
}
