import type { JsonObject } from "@/lib/core/json";
import type { Random } from "../random";
import { models, spend } from "./models";
import { shannon } from "./shannon-parts";
import { topics } from "./topics";

/** An event of the big run and when it happened, in milliseconds since the run's start. */
export type Moment = { readonly atMs: number; readonly event: JsonObject };

const crew = 24;

type Worker = { readonly agent: string; atMs: number; round: Iterator<Part> };

/**
 * One long run with a believable tree: a lead, teams below it, workers below those, all at work side by side; each in rounds of
 * a thought, a tool call, a model call. Exactly `total` events, in the order of time.
 */
export function* bigRun(random: Random, total: number): Generator<Moment> {
  const topic = random.pick(topics);
  const started = { query: topic.query, mode: "COMPLEX", estimated_complexity: 0.95 };
  yield { atMs: 0, event: shannon("WORKFLOW_STARTED", "orchestrator", "Workflow started", started) };
  const workers = Array.from({ length: crew }, (_, index): Worker => startWorker(random, index));
  let count = 1;
  let atMs = 0;
  let cost = 0;
  let tokens = 0;
  while (count < total - 2) {
    const worker = workers.reduce((first, other) => (other.atMs < first.atMs ? other : first));
    const step = worker.round.next();
    if (step.done) {
      worker.round = round(random, worker.agent);
      continue;
    }
    const { event, lastsMs, spent } = step.value;
    cost += spent?.costUsd ?? 0;
    tokens += spent?.total ?? 0;
    atMs = worker.atMs;
    count += 1;
    yield { atMs, event };
    worker.atMs += lastsMs;
  }
  const totals = { result: topic.answer, total_tokens: tokens, total_cost_usd: Number(cost.toFixed(6)), duration_ms: atMs + 50 };
  if (count < total)
    yield { atMs: atMs + 50, event: shannon("WORKFLOW_COMPLETED", "orchestrator", "Workflow completed successfully", totals) };
  if (count + 1 < total) yield { atMs: atMs + 55, event: shannon("STREAM_END", "orchestrator", "Stream end") };
}

function startWorker(random: Random, index: number): Worker {
  const agent = `worker-${index + 1}`;
  const parent = index < 4 ? "orchestrator" : `worker-${(index % 4) + 1}`;
  const fields = { role: "worker", parent_agent_id: parent, subtask: `Part ${index + 1}` };
  const started: Part = { lastsMs: random.int(100, 900), event: shannon("AGENT_STARTED", agent, "Agent started", fields) };
  return { agent, atMs: 20 + index * 60, round: [started].values() };
}

type Part = {
  readonly event: JsonObject;
  /** Until the worker's next event. */
  readonly lastsMs: number;
  readonly spent?: { readonly costUsd: number; readonly total: number };
};

function* round(random: Random, agent: string): Generator<Part> {
  const topic = random.pick(topics);
  const search = random.pick(topic.searches);
  const tool = random.pick(["web_search", "fetch_page", "run_query", "read_file"]);
  const call = random.hex(10);
  const toolMs = random.int(80, 1_500);
  const thought = `Looking into ${search}`;
  yield { lastsMs: random.int(5, 60), event: shannon("AGENT_THINKING", agent, thought, { thought }) };
  const called = { tool, params: { query: search }, tool_call_id: call };
  yield { lastsMs: toolMs, event: shannon("TOOL_INVOKED", agent, `Invoking tool: ${tool}`, called) };
  const failed = random.chance(0.02);
  const result: JsonObject = failed ? { success: false, error: "timed out" } : { success: true, output: random.pick(topic.findings) };
  const returned = { tool, tool_call_id: call, duration_ms: toolMs, ...result };
  yield { lastsMs: random.int(5, 40), event: shannon("TOOL_OBSERVATION", agent, `Tool result: ${tool}`, returned) };
  yield* answer(random, agent, random.pick(topic.findings));
}

function* answer(random: Random, agent: string, words: string): Generator<Part> {
  const model = random.pick([models["gpt-5-mini"], models["gemini-2.5-flash"], models["claude-haiku-4-5"]]);
  const spent = spend(random, model, "small");
  const gapsMs = [random.int(300, 900), random.int(60, 200), random.int(60, 200), random.int(60, 200)] as const;
  const prompt = { model: model.name, prompt_length: spent.input * 4 };
  yield { lastsMs: gapsMs[0], event: shannon("LLM_PROMPT", agent, "Sending prompt to LLM", prompt) };
  for (const [index, lastsMs] of gapsMs.slice(1).entries()) {
    const chunk = words.slice(Math.floor((words.length * index) / 3), Math.floor((words.length * (index + 1)) / 3));
    yield { lastsMs, event: shannon("LLM_PARTIAL", agent, chunk, { chunk, chunk_index: index }) };
  }
  const usage = { total_tokens: spent.total, input_tokens: spent.input, output_tokens: spent.output };
  const durationMs = gapsMs.reduce((sum, gap) => sum + gap, 0);
  const output = { output: words, model: model.name, provider: model.provider, usage, cost_usd: spent.costUsd, duration_ms: durationMs };
  yield { lastsMs: random.int(5, 60), event: shannon("LLM_OUTPUT", agent, words, output), spent };
}
