import { clip, own, readCount, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import type { ShannonRule, ShannonRules } from "./rule";
import { finalOutput } from "./shannon-event";
import { usageKeys, usageOf } from "./usage-of";

const modelKeys = ["model_used", "model"];

const prompted: ShannonRule = {
  keys: [...modelKeys, "sanitized_prompt", "prompt", "role", "max_tokens"],
  read: ({ fields, message }) => ({
    name: readString(fields, ...modelKeys),
    role: readString(fields, "role"),
    input: own(fields, "sanitized_prompt", "prompt") ?? message,
    maxTokens: readCount(fields, "max_tokens"),
    // The message is the same sentence for all calls ("Sending prompt to LLM").
    summary: clip(readString(fields, "sanitized_prompt", "prompt")),
  }),
};

const deltaKeys = ["chunk", "delta", "content"];
const streamed: ShannonRule = {
  keys: deltaKeys,
  read: ({ fields, message }) => {
    const text = readString(fields, ...deltaKeys) ?? message;
    return { text, summary: clip(text) };
  },
};

const answerKeys = ["output", "response", "content"];
/**
 * The repeated answer carries the tokens of the whole workflow, or of its last synthesis. The calls behind it have reported their own, so
 * it is a total and never another call.
 */
const completed: ShannonRule = {
  keys: [...answerKeys, "duration_ms", "role", ...usageKeys],
  read: ({ fields, message, agent }) => {
    const text = readString(fields, ...answerKeys) ?? message;
    const isAnswer = agent === finalOutput;
    return {
      type: isAnswer ? "text.completed" : undefined,
      name: readString(fields, ...modelKeys),
      role: readString(fields, "role"),
      text,
      durationMs: readDuration(fields, "duration_ms"),
      usage: usageOf(fields, isAnswer ? "run" : "call"),
      summary: clip(text),
    };
  },
};

/** `total_tokens` of a delivered message repeats what LLM_OUTPUT reports and stays in `extra`. */
const delivered: ShannonRule = {
  keys: ["content", "response"],
  read: ({ fields, message }) => {
    const text = readString(fields, "content", "response");
    return { text: text ?? message, summary: clip(text) };
  },
};

/** Model calls, and the text that people see arriving. */
export const modelRules: ShannonRules = [
  ["LLM_PROMPT", prompted],
  ["LLM_PARTIAL", streamed],
  ["LLM_OUTPUT", completed],
  ["THREAD_MESSAGE_DELTA", streamed],
  ["THREAD_MESSAGE_COMPLETED", delivered],
];
