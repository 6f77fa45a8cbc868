import type { CanonicalEvent, CanonicalType } from "../../core/events/canonical";
import type { Json, JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, parseJson, preview, readCount, readId, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

const agentKeys = ["agent", "agent_name", "agent_role"];
const toolKeys = ["tool", "tool_name", "name"];
const inputKeys = ["input", "tool_input", "arguments", "args"];
const outputKeys = ["output", "result"];
const taskKeys = ["task", "task_description", "description"];
const callKeys = ["call_id", "tool_call_id"];

function taskOf(fields: JsonObject): string | undefined {
  return readString(fields, ...taskKeys);
}

const agentStarted: Rule = {
  keys: [...agentKeys, "task"],
  read: (fields) =>
    defined<CanonicalEvent>({
      type: "agent.started",
      agent: readString(fields, ...agentKeys),
      input: own(fields, "task"),
      summary: preview(own(fields, "task")),
    }),
};

const agentCompleted: Rule = {
  keys: [...agentKeys, "task", "duration_ms", ...outputKeys],
  read: (fields) => {
    const output = own(fields, ...outputKeys);
    return defined<CanonicalEvent>({
      type: "agent.completed",
      agent: readString(fields, ...agentKeys),
      input: own(fields, "task"),
      output,
      text: typeof output === "string" ? output : undefined,
      durationMs: readDuration(fields, "duration_ms"),
      summary: preview(output) ?? clip(taskOf(fields)),
    });
  },
};

const agentError: Rule = {
  keys: [...agentKeys, "error", "message", ...errorKeys],
  read: (fields) => {
    const error = readError(fields, "error", "message");
    return defined<CanonicalEvent>({
      type: "agent.failed",
      agent: readString(fields, ...agentKeys),
      error: error ?? { message: "The agent failed without a message." },
      summary: clip(error?.message),
    });
  },
};

/** What an agent decided to do next; its fields are undocumented, so the usual ones are tried. */
const agentAction: Rule = {
  keys: [...agentKeys, "thought", "log", "action", "message"],
  read: (fields) => {
    const thought = readString(fields, "thought");
    const text = thought ?? readString(fields, "log", "message", "action");
    return defined<CanonicalEvent>({
      type: thought === undefined ? "log.written" : "agent.thought",
      agent: readString(fields, ...agentKeys),
      text,
      summary: clip(text) ?? preview(own(fields, "action")),
    });
  },
};

function inputOf(fields: JsonObject): Json | undefined {
  const input = own(fields, ...inputKeys);
  return typeof input === "string" ? (parseJson(input) ?? input) : input;
}

function tool(type: "tool.called" | "tool.returned" | "tool.failed"): Rule {
  return {
    keys: [...agentKeys, ...toolKeys, ...inputKeys, ...outputKeys, ...callKeys, "error", "message", "duration_ms", ...errorKeys],
    read: (fields) => {
      const input = inputOf(fields);
      const output = own(fields, ...outputKeys);
      const told = readError(fields, "error", "message");
      const error = type === "tool.failed" ? (told ?? { message: "The tool failed without a message." }) : undefined;
      return defined<CanonicalEvent>({
        type,
        agent: readString(fields, ...agentKeys),
        name: readString(fields, ...toolKeys),
        callId: readId(fields, ...callKeys),
        input,
        output,
        durationMs: readDuration(fields, "duration_ms"),
        summary: clip(error?.message) ?? preview(type === "tool.called" ? input : output),
        error,
      });
    },
  };
}

function task(type: CanonicalType): Rule {
  return {
    keys: [...agentKeys, ...taskKeys, "task_id", "duration_ms", ...outputKeys],
    read: (fields) => {
      const agent = readString(fields, ...agentKeys);
      const output = own(fields, ...outputKeys);
      return defined<CanonicalEvent>({
        type,
        agent,
        name: clip(taskOf(fields)),
        callId: readId(fields, "task_id"),
        output,
        durationMs: readDuration(fields, "duration_ms"),
        summary: preview(output) ?? clip(taskOf(fields)),
        edge: agent === undefined || type !== "task.assigned" ? undefined : { to: agent, kind: "task" },
      });
    },
  };
}

const levels: ReadonlyMap<string, NonNullable<CanonicalEvent["level"]>> = new Map([
  ["trace", "debug"],
  ["debug", "debug"],
  ["info", "info"],
  ["notice", "info"],
  ["warn", "warn"],
  ["warning", "warn"],
  ["error", "error"],
  ["critical", "error"],
  ["fatal", "error"],
]);

const log: Rule = {
  keys: ["level", "message", ...agentKeys],
  read: (fields) => {
    const text = readString(fields, "message");
    return defined<CanonicalEvent>({
      type: "log.written",
      agent: readString(fields, ...agentKeys),
      level: levels.get(readString(fields, "level")?.toLowerCase() ?? ""),
      text,
      summary: clip(text),
    });
  },
};

const artifact: Rule = {
  keys: ["name", "size", "content_type", ...agentKeys],
  read: (fields) => {
    const name = readString(fields, "name");
    return defined<CanonicalEvent>({
      type: "artifact.created",
      agent: readString(fields, ...agentKeys),
      name,
      summary: clip(name),
      artifact: definedOrNone({ bytes: readCount(fields, "size"), contentType: readString(fields, "content_type") }),
    });
  },
};

export const workRules: readonly (readonly [string, Rule])[] = [
  ["agent.started", agentStarted],
  ["agent.completed", agentCompleted],
  ["agent.error", agentError],
  ["agent.action", agentAction],
  ["tool.called", tool("tool.called")],
  ["tool_use", tool("tool.called")],
  ["tool.result", tool("tool.returned")],
  ["tool.error", tool("tool.failed")],
  ["task.started", task("task.assigned")],
  ["task.completed", task("task.completed")],
  ["log", log],
  ["artifact", artifact],
];
