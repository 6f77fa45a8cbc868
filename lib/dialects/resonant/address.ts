import type { Address, Incoming, Refusal } from "../contract";
import { readId, readObject, readRunId } from "../shared";
import { fieldsOf, wordOf } from "./envelope-of";

const runCategories = ["session.", "execution.", "team."];

type Run = Address["run"] | Refusal;

function namedRun(incoming: Incoming): string | undefined | Refusal {
  return readRunId(fieldsOf(incoming), "session_id", "execution_id") ?? readRunId(readObject(incoming.body, "metadata"), "session_id");
}

/** A team's tasks name no execution: all tasks of a team form one run. */
function teamRun(incoming: Incoming): string | undefined | Refusal {
  const team = readRunId(fieldsOf(incoming), "team_id");
  return typeof team === "string" ? readRunId({ team_id: `team:${team}` }, "team_id") : team;
}

/**
 * session_id, else execution_id, else the team for team events. Other platform events (agents, webhooks, users, billing, anything new)
 * belong to no run; a frame of a session's own stream, whose name has no dot, belongs to a run that only its request names.
 */
function runOf(incoming: Incoming, type: string): Run {
  const run = namedRun(incoming) ?? (type.startsWith("team.") ? teamRun(incoming) : undefined);
  if (run !== undefined) return run;
  return type.includes(".") && !runCategories.some((category) => type.startsWith(category)) ? null : undefined;
}

export function address(incoming: Incoming): Address | Refusal {
  const type = wordOf(incoming);
  if (type === "") return { code: "missing_type", message: "The event has no `type`.", path: "type" };
  const run = runOf(incoming, type);
  if (typeof run === "object" && run !== null) return run;
  const id = readId(incoming.body, "id") ?? (incoming.id || undefined);
  return { run, type, ...(id === undefined ? {} : { id, dedupeKey: id }) };
}
