import type { Address, Incoming, Refusal } from "../contract";
import { readRunId } from "../shared";
import { runKeys, writtenType } from "./envelope";

/** No id and no sequence: two equal events are two events, because nothing says that they are one. */
export function address(incoming: Incoming): Address | Refusal {
  const type = writtenType(incoming);
  if (type === "") return { code: "missing_type", message: "The event has no `event_type`.", path: "event_type" };
  const run = readRunId(incoming.body, ...runKeys);
  return typeof run === "object" ? run : { run, type };
}
