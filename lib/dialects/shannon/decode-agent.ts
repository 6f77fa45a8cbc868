import { clip, own, readId, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import { errorKeys, errorOf } from "./error-of";
import type { ShannonRule, ShannonRules } from "./rule";
import { usageKeys, usageOf } from "./usage-of";

const parentKeys = ["parent_agent_id", "parent_agent"];

const started: ShannonRule = {
  keys: ["role", "subtask", ...parentKeys],
  read: ({ fields }) => ({
    role: readString(fields, "role"),
    parentAgent: readId(fields, ...parentKeys),
    input: own(fields, "subtask"),
    // The message is the same sentence for all agents ("Agent started").
    summary: clip(readString(fields, "subtask")),
  }),
};

const thought: ShannonRule = {
  keys: ["thought", "role"],
  read: ({ fields, message }) => ({ text: readString(fields, "thought") ?? message, role: readString(fields, "role") }),
};

const completed: ShannonRule = {
  keys: ["result", "duration_ms", "role", ...usageKeys],
  read: ({ fields }) => {
    const result = own(fields, "result");
    return {
      role: readString(fields, "role"),
      output: result,
      text: typeof result === "string" && result !== "" ? result : undefined,
      durationMs: readDuration(fields, "duration_ms"),
      usage: usageOf(fields, "agent"),
      summary: clip(readString(fields, "result")),
    };
  },
};

const failed: ShannonRule = {
  keys: ["duration_ms", "role", ...usageKeys, ...errorKeys],
  read: (event) => ({
    role: readString(event.fields, "role"),
    durationMs: readDuration(event.fields, "duration_ms"),
    usage: usageOf(event.fields, "agent"),
    error: errorOf(event),
  }),
};

/** One agent's work. */
export const agentRules: ShannonRules = [
  ["AGENT_STARTED", started],
  ["AGENT_THINKING", thought],
  ["REFLECTION", thought],
  ["AGENT_COMPLETED", completed],
  ["AGENT_FAILED", failed],
];
