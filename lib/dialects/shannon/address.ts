import type { Address, Incoming, Refusal } from "../contract";
import { defined, readId, readRunId } from "../shared";
import { runKeys, sourceSeqOf, storedType, writtenType } from "./shannon-event";

/** A Redis stream id, `<milliseconds>-<n>`. Anything else may be the same for a whole stream, as in the documentation's example. */
const redisId = /^\d{1,16}-\d{1,16}$/;

function dedupeKeyOf(seq: number | undefined, word: string, id: string | undefined): string | undefined {
  if (seq !== undefined) return `${seq}:${word}`;
  return id !== undefined && redisId.test(id) ? id : undefined;
}

/** Where an event belongs. Shannon itself identifies an event by workflow, sequence and type, so we do too. */
export function address(incoming: Incoming): Address | Refusal {
  const type = writtenType(incoming);
  if (type === "") return { code: "missing_type", message: "The event has no `type`.", path: "type" };
  const run = readRunId(incoming.body, ...runKeys);
  if (typeof run === "object") return run;
  const seq = sourceSeqOf(incoming);
  const id = readId(incoming.body, "stream_id") ?? (incoming.id || undefined) ?? readId(incoming.body, "id");
  return { run, ...defined({ type, id, seq, dedupeKey: dedupeKeyOf(seq, storedType(type), id) }) };
}
