import type { JsonObject } from "@/lib/core/json";
import { beat } from "../beats";
import type { Beat, Scenario, Script, Stage } from "../scenario";
import { models, spend } from "./models";
import { topics } from "./topics";

/** An agent that reasons, calls tools, and stops before it writes to a customer. */
export const powabaseAgent: Scenario = {
  name: "powabase-agent",
  dialect: "powabase",
  delivery: "stream",
  open: (stage) => {
    const runId = stage.random.uuid();
    return { runId, script: play(stage, runId) };
  },
};

function* play(stage: Stage, runId: string): Script {
  const { random } = stage;
  const topic = random.pick(topics);
  const session = random.uuid();
  yield beat(0, { event: "start", run_id: runId, session_id: session, reasoning_requested: true, message: topic.query });
  yield* step(stage, 1, [
    ...reasoning(stage, `The question is about ${topic.short}. The knowledge base comes first.`),
    ...toolUse(stage, { step: 1, tool: "search_knowledge_base", args: { query: topic.searches[0], top_k: 5 }, result: topic.findings[0] }),
    ...toolUse(stage, { step: 1, tool: "get_customer", args: { customer_id: `cus_${random.hex(6)}` }, result: "plan: team, language: en" }),
  ]);
  yield engine(stage.ms(100, 300), { event: "step_started", step: 2, is_last_step: false });
  const input = { to: `cus_${random.hex(6)}`, subject: `About ${topic.short}`, body: topic.answer };
  const call = `call_${random.hex(8)}`;
  yield engine(stage.ms(300, 800), { event: "tool_call", step: 2, tool_name: "send_email", arguments: input, call_id: call });
  const request = {
    event: "approval_requested",
    run_id: runId,
    tool_name: "send_email",
    tool_input: input,
    message: "Send this answer to the customer?",
  };
  const decision = yield { ...engine(stage.ms(50, 150), request), awaits: { approval: null, forMs: stage.ms(40_000, 120_000) } };
  const sent = decision?.outcome === "approved" || decision?.outcome === "answered";
  const blocked = decision === undefined || decision.outcome === "none" ? "Approval timed out" : "Denied by user";
  const result = sent ? "queued" : blocked;
  const meta: JsonObject = sent ? { ok: true } : { ok: false, blocked: true };
  yield engine(stage.ms(200, 600), {
    event: "tool_result",
    step: 2,
    tool_name: "send_email",
    call_id: call,
    result,
    result_meta: meta,
    duration_ms: stage.ms(100, 300),
  });
  yield engine(stage.ms(50, 150), { event: "step_completed", step: 2, finish_reason: "tool_calls", has_tool_calls: true });
  yield* answering(stage, { runId, session, text: sent ? topic.answer : `The draft is ready but was not sent: ${blocked.toLowerCase()}.` });
}

function* answering(stage: Stage, answer: { runId: string; session: string; text: string }): Script {
  const model = models["claude-sonnet-4-5"];
  const spent = spend(stage.random, model, "large");
  yield* step(stage, 3, deltas(stage, answer.text));
  yield beat(stage.ms(30, 80), { event: "chunk", content: answer.text });
  const usage = {
    prompt_tokens: spent.input,
    completion_tokens: spent.output,
    total_tokens: spent.total,
    model: model.name,
    cost_usd: spent.costUsd,
  };
  yield beat(stage.ms(50, 150), {
    event: "complete",
    run_id: answer.runId,
    session_id: answer.session,
    content: answer.text,
    status: "completed",
    steps: 3,
    usage,
  });
}

/** Events of the engine carry their word twice; the envelope adds their number and time. */
export function engine(afterMs: number, event: JsonObject): Beat {
  return beat(afterMs, { ...event, type: event.event ?? null });
}

export function* step(stage: Stage, number: number, inside: readonly Beat[]): Script {
  yield engine(stage.ms(100, 300), { event: "step_started", step: number, is_last_step: number > 2 });
  yield* inside;
  yield engine(stage.ms(80, 200), { event: "step_completed", step: number, finish_reason: "stop", has_tool_calls: number === 1 });
}

export function deltas(stage: Stage, text: string): Beat[] {
  return (text.match(/(?:\S+\s*){1,5}/g) ?? []).map((delta, index) =>
    beat(index === 0 ? stage.ms(1_000, 2_200) : stage.ms(70, 180), { event: "content_delta", delta }),
  );
}

function reasoning(stage: Stage, thought: string): Beat[] {
  return [engine(stage.ms(1_000, 2_400), { event: "reasoning", step: 1, source: "model", content: thought })];
}

export type PowabaseTool = { readonly step: number; readonly tool: string; readonly args: JsonObject; readonly result: string };

export function toolUse(stage: Stage, use: PowabaseTool): Beat[] {
  const call = `call_${stage.random.hex(8)}`;
  const durationMs = stage.ms(700, 4_300);
  const named = { step: use.step, tool_name: use.tool, call_id: call };
  return [
    engine(stage.ms(200, 500), { event: "tool_call", ...named, arguments: use.args }),
    engine(durationMs, {
      event: "tool_result",
      ...named,
      result: use.result,
      result_preview: use.result.slice(0, 200),
      duration_ms: durationMs,
    }),
  ];
}
