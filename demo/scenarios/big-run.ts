import type { JsonObject } from "@/lib/core/json";
import type { Random } from "../random";
import { models, spend } from "./models";
import { shannon } from "./shannon-parts";
import { topics } from "./topics";

/** An event of the big run and when it happened, in milliseconds since the run's start. */
export type Moment = { readonly atMs: number; readonly event: JsonObject };

const crew = 24;

/**
 * One long run with a believable tree: a lead, teams below it, workers below those; every worker in rounds of a thought,
 * a tool call, a model call. Exactly `total` events.
 */
export function* bigRun(random: Random, total: number): Generator<Moment> {
  let atMs = 0;
  let count = 0;
  const moment = (afterMs: number, event: JsonObject): Moment => {
    atMs += afterMs;
    count += 1;
    return { atMs, event };
  };
  const topic = random.pick(topics);
  yield moment(
    0,
    shannon("WORKFLOW_STARTED", "orchestrator", "Workflow started", { query: topic.query, mode: "COMPLEX", estimated_complexity: 0.95 }),
  );
  const workers = Array.from({ length: crew }, (_, index) => ({
    agent: `worker-${index + 1}`,
    parent: index < 4 ? "orchestrator" : `worker-${(index % 4) + 1}`,
  }));
  for (const { agent, parent } of workers) {
    if (count >= total - 2) break;
    yield moment(
      random.int(20, 200),
      shannon("AGENT_STARTED", agent, "Agent started", { role: "worker", parent_agent_id: parent, subtask: topic.query }),
    );
  }
  let cost = 0;
  let tokens = 0;
  while (count < total - 2) {
    const agent = workers[random.int(0, workers.length - 1)]?.agent ?? "worker-1";
    for (const { afterMs, event, spent } of round(random, agent)) {
      if (count >= total - 2) break;
      cost += spent?.costUsd ?? 0;
      tokens += spent?.total ?? 0;
      yield moment(afterMs, event);
    }
  }
  const totals = { result: topic.answer, total_tokens: tokens, total_cost_usd: Number(cost.toFixed(6)), duration_ms: Math.round(atMs) };
  if (count < total) yield moment(50, shannon("WORKFLOW_COMPLETED", "orchestrator", "Workflow completed successfully", totals));
  if (count < total) yield moment(5, shannon("STREAM_END", "orchestrator", "Stream end"));
}

type Part = { readonly afterMs: number; readonly event: JsonObject; readonly spent?: { readonly costUsd: number; readonly total: number } };

function* round(random: Random, agent: string): Generator<Part> {
  const topic = random.pick(topics);
  const search = random.pick(topic.searches);
  const tool = random.pick(["web_search", "fetch_page", "run_query", "read_file"]);
  const call = random.hex(10);
  const toolMs = random.int(80, 1_500);
  yield {
    afterMs: random.int(5, 60),
    event: shannon("AGENT_THINKING", agent, `Looking into ${search}`, { thought: `Looking into ${search}` }),
  };
  yield {
    afterMs: random.int(5, 40),
    event: shannon("TOOL_INVOKED", agent, `Invoking tool: ${tool}`, { tool, params: { query: search }, tool_call_id: call }),
  };
  const failed = random.chance(0.02);
  const result: JsonObject = failed ? { success: false, error: "timed out" } : { success: true, output: random.pick(topic.findings) };
  yield {
    afterMs: toolMs,
    event: shannon("TOOL_OBSERVATION", agent, `Tool result: ${tool}`, { tool, tool_call_id: call, duration_ms: toolMs, ...result }),
  };
  const model = random.pick([models["gpt-5-mini"], models["gemini-2.5-flash"], models["claude-haiku-4-5"]]);
  const spent = spend(random, model, "small");
  yield {
    afterMs: random.int(5, 30),
    event: shannon("LLM_PROMPT", agent, "Sending prompt to LLM", { model: model.name, prompt_length: spent.input * 4 }),
  };
  for (let chunk = 0; chunk < 3; chunk += 1) {
    yield {
      afterMs: random.int(20, 90),
      event: shannon("LLM_PARTIAL", agent, "piece of the answer ", { chunk: "piece of the answer ", chunk_index: chunk }),
    };
  }
  const usage = { total_tokens: spent.total, input_tokens: spent.input, output_tokens: spent.output };
  const output = {
    output: random.pick(topic.findings),
    model: model.name,
    provider: model.provider,
    usage,
    cost_usd: spent.costUsd,
    duration_ms: random.int(200, 900),
  };
  yield { afterMs: random.int(20, 90), event: shannon("LLM_OUTPUT", agent, output.output, output), spent };
}
