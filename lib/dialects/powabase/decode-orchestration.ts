import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, preview, readCount, readId, readObject, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";
import { delegationTo } from "./delegate";
import { usageOf } from "./usage-of";

/** The wire uses `child_execution_id`, Studio's type `child_run_id`. */
const childKeys = ["child_execution_id", "child_run_id"];

const delegationStarted: Rule = {
  keys: ["agent", "task", ...childKeys],
  read: (fields) => {
    const agent = readString(fields, "agent");
    const task = own(fields, "task");
    return defined<CanonicalEvent>({
      type: "delegation.started",
      name: agent,
      callId: readId(fields, ...childKeys),
      input: task,
      summary: preview(task),
      edge: delegationTo(agent),
    });
  },
};

function readDelegationEnd(fields: JsonObject): CanonicalEvent {
  const agent = readString(fields, "agent");
  const status = readString(fields, "status");
  const outcome = outcomeOf(status);
  const failed = outcome !== undefined && outcome !== "completed";
  const output = own(fields, "result", "content", "output");
  return defined<CanonicalEvent>({
    type: "delegation.completed",
    agent,
    name: agent,
    callId: readId(fields, ...childKeys),
    output,
    summary: preview(output) ?? clip(status),
    usage: usageOf(readObject(fields, "usage"), "agent"),
    error: readError(fields, "error") ?? (failed ? { message: `The delegation ended as ${status}.` } : undefined),
    edge: delegationTo(agent),
  });
}

const sequentialStep: Rule = {
  keys: ["step", "agent"],
  read: (fields) => {
    const agent = readString(fields, "agent");
    const step = readCount(fields, "step");
    const summary = [step === undefined ? undefined : `Step ${step}`, agent].filter((part) => part !== undefined).join(": ");
    return defined<CanonicalEvent>({ type: "progress.reported", agent, summary: clip(summary), progress: definedOrNone({ step }) });
  },
};

export const orchestrationRules: readonly (readonly [string, Rule])[] = [
  [
    "orchestration_started",
    {
      keys: ["name", "strategy", "agent_count"],
      read: (fields) =>
        defined<CanonicalEvent>({
          type: "run.updated",
          run: definedOrNone({ name: readString(fields, "name"), mode: readString(fields, "strategy") }),
          team: definedOrNone({ size: readCount(fields, "agent_count") }),
        }),
    },
  ],
  ["sequential_step", sequentialStep],
  ["delegation_start", delegationStarted],
  ["delegation_started", delegationStarted],
  [
    "entity_chunk",
    {
      keys: ["agent", "content", ...childKeys],
      read: (fields) =>
        defined<CanonicalEvent>({
          type: "text.streamed",
          agent: readString(fields, "agent"),
          callId: readId(fields, ...childKeys),
          text: readString(fields, "content"),
        }),
    },
  ],
  [
    "delegation_completed",
    { keys: ["agent", "usage", "result", "content", "output", "error", ...childKeys, ...errorKeys], read: readDelegationEnd },
  ],
  [
    // `complete` follows and ends the run; its usage repeats this total.
    "orchestration_completed",
    {
      keys: ["usage"],
      read: (fields) =>
        defined<CanonicalEvent>({
          type: "run.updated",
          summary: clip(readString(fields, "status")),
          usage: usageOf(readObject(fields, "usage"), "run"),
        }),
    },
  ],
];
