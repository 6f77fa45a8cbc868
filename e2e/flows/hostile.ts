import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";
import { payloads } from "../support/hostile";
import { later } from "./flow";

/** A run id with one of these is refused at the door. */
const controls = /\p{Cc}/gu;

/** One run for each text, with the text as its id, name and agent. */
export function hostileStarts(word: string, at: Date): readonly JsonObject[] {
  return payloads.map((text, index) => ({
    workflow_id: `${text.slice(0, 400).replace(controls, "")} ${word} ${index}`,
    seq: 1,
    type: "WORKFLOW_STARTED",
    agent_id: text,
    message: text,
    timestamp: later(at, index),
    payload: { query: text, session_id: text },
  }));
}

type Bodies = (run: string, at: Date) => readonly JsonObject[];

/** Runs of each system that carry every text in every place that a sender can write to. The first waits for a human, the second has failed. */
export const hostileRuns: readonly { readonly dialect: Dialect; readonly bodies: Bodies }[] = [
  { dialect: "shannon", bodies: shannon },
  { dialect: "agent-os", bodies: agentOs },
  { dialect: "powabase", bodies: powabase },
  { dialect: "crewship", bodies: crewship },
  { dialect: "resonant", bodies: resonant },
];

const everything = payloads.join(" ");

function shannon(run: string, at: Date): readonly JsonObject[] {
  let seq = 0;
  const event = (type: string, agent: string, payload: JsonObject): JsonObject => {
    seq += 1;
    return { workflow_id: run, type, agent_id: agent, message: agent, timestamp: later(at, seq), seq, payload };
  };
  const start = event("WORKFLOW_STARTED", "lead", { query: everything });
  const middle = payloads.flatMap((text) => {
    const tool = { tool_name: text, tool_args: { [text]: [text, { ["__proto__"]: text }] }, call_id: text };
    return [
      event("TEAM_RECRUITED", "lead", { agents: [{ agent_id: text, role: text }] }),
      event("AGENT_STARTED", text, { role: text }),
      event("AGENT_THINKING", text, { [text]: text }),
      event("TOOL_INVOKED", text, tool),
      event("TOOL_OBSERVATION", text, { ...tool, result: { [text]: text } }),
      event("LLM_OUTPUT", text, { model: text, provider: text, usage: { total_tokens: 10, input_tokens: 5, output_tokens: 5 } }),
      event("MESSAGE_SENT", text, { from: text, to: "lead", content: text }),
      event(text, text, { [text]: text }),
    ];
  });
  const request = { approval_id: "a", tool_name: everything, risk_level: everything, details: { [everything]: everything } };
  return [start, ...middle, event("APPROVAL_REQUESTED", everything, request)];
}

function agentOs(run: string): readonly JsonObject[] {
  const event = (type: string, payload: JsonObject): JsonObject => ({ event_type: type, sdk_run_id: run, payload });
  return [
    { ...event("run_start", { framework: everything, input: { query: everything } }), agent_name: everything },
    ...payloads.flatMap((text): readonly JsonObject[] => [
      event("step", { node_name: text, phase: "start" }),
      event("tool_call", { tool_name: text, phase: "error", input_preview: text, error_message: text }),
    ]),
    event("error", { error_type: everything, error_message: everything, traceback: everything }),
  ];
}

function powabase(run: string): readonly JsonObject[] {
  return [
    { event: "start", run_id: run, session_id: everything },
    ...payloads.flatMap((text): readonly JsonObject[] => [
      { event: "orchestration_started", name: text, strategy: text },
      { event: "delegation_started", agent: text, task: text, child_execution_id: text },
      { event: "reasoning_delta", delta: text },
      { event: "content_delta", delta: text },
      { event: "tool_call", tool_name: text, arguments: { [text]: text }, call_id: text },
      { event: "tool_result", tool_name: text, call_id: text, result: text },
    ]),
  ];
}

function crewship(run: string): readonly JsonObject[] {
  return [
    { type: "run.started", payload: { run_id: run } },
    ...payloads.flatMap((text): readonly JsonObject[] => [
      { type: "agent.started", payload: { run_id: run, agent: text, task: text } },
      { type: "log", payload: { run_id: run, level: text, message: text } },
      { type: "artifact", payload: { run_id: run, name: text, content_type: text, url: `javascript:${text}` } },
    ]),
  ];
}

function resonant(run: string, at: Date): readonly JsonObject[] {
  return [
    {
      id: `${run} 0`,
      type: "session.started",
      created_at: later(at, 0),
      data: { session_id: run, agent_id: everything, goal: everything },
    },
    ...payloads.map((text, index) => ({
      id: `${text.slice(0, 50)} ${run} ${index}`,
      type: `session.${text}`,
      created_at: later(at, index),
      data: { session_id: run, agent_id: text, [text]: text },
    })),
  ];
}
