import type { JsonObject } from "@/lib/core/json";
import type { Wire } from "../support/floor";
import { type Beginning, type Flow, later } from "./flow";

/** A crew of one that searches, reports and leaves a file. Its stream tells neither tokens nor money. */
export function crewshipFlow({ run, at }: Beginning): Flow {
  const frame = (number: number, event: string, body: JsonObject): Wire => ({
    event,
    id: `evt_${run}_${number}`,
    body: { ...body, timestamp: later(at, number * 250) },
  });
  const task = `Research AI trends ${run}`;
  const counted = { tokens: "no tokens", cost: "no cost reported" };
  return {
    dialect: "crewship",
    run,
    name: "Researcher",
    first: [
      frame(1, "run.started", { run_id: run, started_at: later(at, 250) }),
      frame(2, "agent.started", { agent: "Researcher", task }),
      frame(3, "tool.called", { tool: "web_search", input: "AI agents 2024" }),
    ],
    second: [
      frame(5, "tool.result", { tool: "web_search", output: "15 results" }),
      frame(6, "log", { level: "info", message: "Found 15 relevant results" }),
      frame(7, "artifact", { name: "report.md", size: 18233, content_type: "text/markdown" }),
      frame(8, "agent.completed", { agent: "Researcher", task, output: "15 sources" }),
      frame(9, "run.completed", { run_id: run, duration_ms: 2000, result: "report.md written" }),
    ],
    halfway: { status: "Running", spans: ["Researcher", "web_search"], ...counted, said: ["web_search"] },
    atEnd: {
      status: "Succeeded",
      spans: ["Researcher", "web_search"],
      ...counted,
      said: ["web_search", "Found 15 relevant results", "report.md"],
    },
    failure: {
      wire: frame(5, "run.failed", { run_id: run, error: "KeyError: 'topic'", stack_trace: "Traceback ..." }),
      reason: "KeyError: 'topic'",
    },
    question: null,
  };
}
