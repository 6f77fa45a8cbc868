import type { Address, Incoming, Refusal } from "../contract";
import { readCount, readObject, readRunId, readString } from "../shared";
import { catalogue, hookTypes } from "./catalogue";

const known: ReadonlySet<string> = new Set(catalogue.map((entry) => entry.type));

/** The frame's kind: agents and orchestrations put it in `event`, workflows in `type`, engine events in both. */
export function wordOf({ body, name }: Incoming): string {
  const words = [readString(body, "event"), readString(body, "type"), name === "message" ? undefined : name];
  return words.find((word) => word !== undefined && known.has(word)) ?? words.find((word) => word !== undefined && word !== "") ?? "";
}

/** Most frames name no run: `child_execution_id` is the delegate's run, not the stream's. A hook body may name it inside `data`. */
export function address(incoming: Incoming): Address | Refusal {
  const { body } = incoming;
  const type = wordOf(incoming);
  if (type === "") return { code: "missing_type", message: "The event has neither `event` nor `type`.", path: "event" };
  const named = readRunId(body, "run_id", "execution_id");
  const run = named ?? (hookTypes.has(type) ? readRunId(readObject(body, "data"), "run_id", "execution_id") : undefined);
  if (typeof run === "object") return named === undefined ? { ...run, path: `data.${run.path}` } : run;
  const seq = readCount(body, "seq");
  return { run, type, ...(seq === undefined ? {} : { seq }) };
}
