import { beat } from "../beats";
import type { Beat, Scenario, Script, Stage } from "../scenario";
import { models, spend, sumOf } from "./models";
import { deltas, engine, step, toolUse } from "./powabase-agent";
import { topics } from "./topics";

/** A coordinator that hands work to specialists one after the other. */
export const powabaseOrchestration: Scenario = {
  name: "powabase-orchestration",
  dialect: "powabase",
  delivery: "stream",
  open: (stage) => {
    const runId = stage.random.uuid();
    return { runId, script: orchestration(stage, runId) };
  },
};

/** A workflow of blocks; one run in four fails in its last block. */
export const powabaseWorkflow: Scenario = {
  name: "powabase-workflow",
  dialect: "powabase",
  delivery: "stream",
  open: (stage) => {
    const runId = stage.random.uuid();
    return { runId, script: workflow(stage, runId) };
  },
};

function* orchestration(stage: Stage, runId: string): Script {
  const topic = stage.random.pick(topics);
  const session = stage.random.uuid();
  yield beat(0, { event: "start", run_id: runId, session_id: session, message: topic.query });
  yield engine(stage.ms(50, 150), {
    event: "orchestration_started",
    strategy: "supervisor",
    name: `Desk for ${topic.short}`,
    agent_count: 3,
  });
  const spent = [];
  for (const [index, agent] of (["librarian", "statistician", "editor"] as const).entries()) {
    const model = index === 1 ? models["gpt-5-mini"] : models["gemini-2.5-flash"];
    const cost = spend(stage.random, model, "medium");
    spent.push(cost);
    const child = stage.random.uuid();
    const task = topic.searches[index] ?? topic.query;
    yield engine(stage.ms(300, 800), {
      event: "tool_call",
      step: index + 1,
      tool_name: `delegate_to_${agent}`,
      arguments: { task },
      call_id: `call_${stage.random.hex(8)}`,
    });
    yield engine(stage.ms(50, 150), { event: "delegation_started", agent, task, child_execution_id: child });
    yield* step(stage, 1, [
      ...toolUse(stage, {
        step: 1,
        tool: "search_knowledge_base",
        args: { query: task, top_k: 4 },
        result: topic.findings[index] ?? topic.answer,
      }),
      ...said(stage, { agent, child, text: topic.findings[index] ?? topic.answer }),
    ]);
    const usage = {
      prompt_tokens: cost.input,
      completion_tokens: cost.output,
      total_tokens: cost.total,
      model: model.name,
      cost_usd: cost.costUsd,
    };
    yield engine(stage.ms(80, 200), {
      event: "delegation_completed",
      agent,
      child_execution_id: child,
      status: "completed",
      steps: 1,
      usage,
    });
  }
  yield* deltas(stage, topic.answer);
  const total = sumOf(spent);
  const usage = { prompt_tokens: total.input, completion_tokens: total.output, total_tokens: total.total, cost_usd: total.costUsd };
  yield engine(stage.ms(80, 200), { event: "orchestration_completed", status: "completed", steps: 3, usage });
  yield beat(stage.ms(30, 80), { event: "chunk", content: topic.answer });
  yield beat(stage.ms(30, 80), {
    event: "complete",
    run_id: runId,
    session_id: session,
    content: topic.answer,
    status: "completed",
    steps: 3,
    usage,
  });
}

function said(stage: Stage, words: { agent: string; child: string; text: string }): Beat[] {
  const pieces = words.text.match(/(?:\S+\s*){1,6}/g) ?? [];
  return pieces.map((content) =>
    beat(stage.ms(80, 200), { event: "entity_chunk", agent: words.agent, child_execution_id: words.child, content }),
  );
}

type Block = { readonly id: string; readonly type: string; readonly output: string };

function* workflow(stage: Stage, runId: string): Script {
  const topic = stage.random.pick(topics);
  const rows = stage.random.int(120, 900);
  const blocks: readonly Block[] = [
    { id: "fetch_feed", type: "http_request", output: `${rows} entries` },
    { id: "filter", type: "condition", output: `${Math.round(rows / 3)} entries on ${topic.short}` },
    { id: "summarise", type: "agent", output: topic.answer },
  ];
  // The body of a workflow's stream names its execution only at the end.
  for (const block of blocks) yield* run(stage, block);
  const started = stage.ms(150, 400);
  yield beat(started, { type: "block_start", block_id: "store", block_type: "database" });
  const durationMs = stage.ms(700, 2_900);
  if (stage.random.chance(0.25)) {
    const error = "Row limit of the table reached";
    yield beat(durationMs, { type: "block_error", block_id: "store", data: { error }, duration_ms: durationMs });
    yield beat(stage.ms(50, 150), { type: "error", error, message: error, error_code: "BLOCK_FAILED", execution_id: runId });
    return;
  }
  yield beat(durationMs, { type: "block_complete", block_id: "store", data: { stored: 1 }, duration_ms: durationMs });
  yield beat(stage.ms(50, 150), { type: "done", execution_id: runId });
}

function* run(stage: Stage, block: Block): Script {
  yield beat(stage.ms(150, 400), { type: "block_start", block_id: block.id, block_type: block.type });
  const pieces = block.type === "agent" ? (block.output.match(/(?:\S+\s*){1,6}/g) ?? []) : [];
  const chunks = pieces.map((chunk) => beat(stage.ms(80, 200), { type: "block_chunk", block_id: block.id, chunk }));
  yield* chunks;
  const restMs = stage.ms(1_000, 3_800);
  const durationMs = chunks.reduce((sum, chunk) => sum + chunk.afterMs, restMs);
  yield beat(restMs, { type: "block_complete", block_id: block.id, data: { output: block.output }, duration_ms: durationMs });
}
