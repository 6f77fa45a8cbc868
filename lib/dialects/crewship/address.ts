import type { Address, Incoming, Refusal } from "../contract";
import { readObject, readRunId, readString } from "../shared";
import { fieldsOf, wordOf } from "./fields-of";

/** Prefix of the run ids on Crewship's own pages. A notification about a run may contain the run itself. */
const runIdPrefix = "run_";

function runOf(incoming: Incoming, fields: ReturnType<typeof fieldsOf>): string | undefined | Refusal {
  const named = readRunId(fields, "run_id") ?? readRunId(readObject(fields, "run"), "id", "run_id");
  if (named !== undefined) return named;
  const id = readString(readObject(incoming.body, "payload", "data") ?? incoming.body, "id");
  return id?.startsWith(runIdPrefix) ? readRunId({ id }, "id") : undefined;
}

/** The frame's id takes precedence over the body's: a resumed stream repeats it. */
function eventIdOf({ body, id }: Incoming): string | undefined {
  if (id !== undefined && id !== "") return id;
  const inBody = readString(body, "id", "event_id");
  return inBody?.startsWith(runIdPrefix) ? undefined : inBody;
}

export function address(incoming: Incoming): Address | Refusal {
  const type = wordOf(incoming);
  if (type === "") return { code: "missing_type", message: "The event has no `type` and its frame no name.", path: "type" };
  const run = runOf(incoming, fieldsOf(incoming));
  if (typeof run === "object") return run;
  const id = eventIdOf(incoming);
  return { run, type, ...(id === undefined ? {} : { id, dedupeKey: id }) };
}
