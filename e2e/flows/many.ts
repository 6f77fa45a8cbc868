import type { JsonObject } from "@/lib/core/json";
import { later } from "./flow";

type Many = { readonly run: string; readonly at: Date; readonly from: number; readonly to: number };

/** Events `from` to `to` of one long Shannon run: a start, then thoughts and tool calls that each name their number. */
export function manyEvents({ run, at, from, to }: Many): JsonObject[] {
  return Array.from({ length: to - from + 1 }, (_, index): JsonObject => {
    const seq = from + index;
    const event = { workflow_id: run, seq, agent_id: "counter", timestamp: later(at, seq) };
    if (seq === 1) return { ...event, type: "WORKFLOW_STARTED", payload: { query: `Count for ${run}` } };
    const tool = { tool_name: "count", tool_args: { to: seq }, call_id: `call_${seq - (seq % 4)}` };
    if (seq % 4 === 0) return { ...event, type: "TOOL_INVOKED", payload: tool };
    if (seq % 4 === 1) return { ...event, type: "TOOL_OBSERVATION", payload: { ...tool, call_id: `call_${seq - 1}`, result: seq } };
    return { ...event, type: "AGENT_THINKING", message: `thought ${seq}` };
  });
}

type Named = { readonly run: string; readonly name: string; readonly at: Date; readonly agent?: string };

/** The start of a Shannon run, and its end. */
export function startOf({ run, name, at, agent = "orchestrator" }: Named): JsonObject {
  return { workflow_id: run, seq: 1, type: "WORKFLOW_STARTED", agent_id: agent, timestamp: later(at, 0), payload: { query: name } };
}

export function endOf(
  { run, at, agent = "orchestrator" }: Omit<Named, "name">,
  type: "WORKFLOW_COMPLETED" | "WORKFLOW_FAILED",
): JsonObject {
  const payload: JsonObject = type === "WORKFLOW_FAILED" ? { error: "E", error_message: "it broke" } : { result: "done" };
  return { workflow_id: run, seq: 2, type, agent_id: agent, timestamp: later(at, 1_000), payload };
}
