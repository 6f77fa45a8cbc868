import type { CanonicalEvent, CanonicalType } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, own, preview, readId, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

type Phases = { readonly start: CanonicalType; readonly end: CanonicalType; readonly failed: CanonicalType };
type Keys = { readonly name: readonly string[]; readonly input: readonly string[]; readonly output: readonly string[] };

const callKeys = ["call_id", "step_id", "tool_call_id"];
const startWords: ReadonlySet<string> = new Set(["start", "started", "begin"]);
const failedWords: ReadonlySet<string> = new Set(["error", "failed"]);

/** Without a phase it reports something finished, as the JavaScript SDK sends it. */
function typeOf(fields: JsonObject, phases: Phases, hasError: boolean): CanonicalType {
  const phase = readString(fields, "phase")?.toLowerCase() ?? "end";
  if (startWords.has(phase)) return phases.start;
  return hasError || failedWords.has(phase) ? phases.failed : phases.end;
}

function phased(phases: Phases, keys: Keys): Rule {
  return {
    keys: ["phase", "duration_ms", "error", "error_message", ...callKeys, ...errorKeys, ...keys.name, ...keys.input, ...keys.output],
    read: (fields) => {
      const told = readError(fields, "error_message", "error");
      const type = typeOf(fields, phases, told !== undefined);
      const input = own(fields, ...keys.input);
      const output = own(fields, ...keys.output);
      const error = type === phases.failed ? (told ?? { message: "It failed without a message." }) : undefined;
      return defined<CanonicalEvent>({
        type,
        name: readId(fields, ...keys.name),
        callId: readId(fields, ...callKeys),
        input,
        output,
        durationMs: readDuration(fields, "duration_ms"),
        summary: clip(error?.message) ?? preview(type === phases.start ? input : (output ?? input)),
        error,
      });
    },
  };
}

/** Nodes and tools. The SDK cuts a tool call's previews to 500 characters. */
export const workRules: readonly (readonly [string, Rule])[] = [
  [
    "step",
    phased(
      { start: "step.started", end: "step.completed", failed: "step.failed" },
      { name: ["node_name", "node"], input: ["input"], output: ["output", "result"] },
    ),
  ],
  [
    "tool_call",
    phased(
      { start: "tool.called", end: "tool.returned", failed: "tool.failed" },
      { name: ["tool_name", "tool"], input: ["input_preview", "input", "arguments"], output: ["output_preview", "output", "result"] },
    ),
  ],
];
