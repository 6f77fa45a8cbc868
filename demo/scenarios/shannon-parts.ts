import type { JsonObject } from "@/lib/core/json";
import { beat } from "../beats";
import type { Beat, Stage } from "../scenario";
import type { Model, Spent } from "./models";

export function shannon(type: string, agent: string, message: string, payload?: JsonObject): JsonObject {
  return { type, agent_id: agent, message, ...(payload !== undefined && { payload }) };
}

export function think(stage: Stage, agent: string, thought: string): Beat {
  return beat(stage.ms(700, 2_900), shannon("AGENT_THINKING", agent, thought, { thought, next_action: "invoke_tool", confidence: 0.8 }));
}

export type ToolUse = {
  readonly agent: string;
  readonly tool: string;
  readonly args: JsonObject;
  readonly result: string;
  readonly tookMs: number;
};

export function toolUse(stage: Stage, use: ToolUse): Beat[] {
  const call = stage.random.hex(10);
  const called = { tool: use.tool, params: use.args, tool_call_id: call, timeout_seconds: 30 };
  const returned = { tool: use.tool, tool_call_id: call, success: true, output: use.result, duration_ms: use.tookMs, truncated: false };
  return [
    beat(stage.ms(200, 600), shannon("TOOL_INVOKED", use.agent, `Invoking tool: ${use.tool}`, called)),
    beat(use.tookMs, shannon("TOOL_OBSERVATION", use.agent, use.result, returned)),
  ];
}

export type ModelCall = {
  readonly agent: string;
  readonly model: Model;
  readonly spent: Spent;
  readonly prompt: string;
  readonly answer: string;
};

/** A prompt, the answer in pieces as it is generated, the whole answer with its tokens and cost. */
export function callModel(stage: Stage, call: ModelCall): Beat[] {
  const { agent, model, spent } = call;
  const prompt = {
    model: model.name,
    provider: model.provider,
    prompt_length: spent.input * 4,
    max_tokens: 4_000,
    sanitized_prompt: call.prompt,
  };
  const pieces = call.answer.match(/(?:\S+\s*){1,4}/g) ?? [];
  const beats = [beat(stage.ms(150, 500), shannon("LLM_PROMPT", agent, "Sending prompt to LLM", prompt))];
  const deltas = pieces.map((chunk, index) => {
    const wait = index === 0 ? stage.ms(1_200, 3_400) : stage.ms(60, 160);
    return beat(wait, shannon("LLM_PARTIAL", agent, chunk, { chunk, chunk_index: index, total_chunks: pieces.length }));
  });
  const durationMs = deltas.reduce((sum, delta) => sum + delta.afterMs, 0);
  const usage = { total_tokens: spent.total, input_tokens: spent.input, output_tokens: spent.output };
  const output = {
    output: call.answer,
    model: model.name,
    provider: model.provider,
    usage,
    cost_usd: spent.costUsd,
    duration_ms: durationMs,
  };
  beats.push(...deltas, beat(stage.ms(20, 60), shannon("LLM_OUTPUT", agent, call.answer, output)));
  return beats;
}

export function sendMessage(stage: Stage, from: string, to: string, content: string): Beat[] {
  return [
    beat(stage.ms(150, 400), shannon("MESSAGE_SENT", from, `Message sent to ${to}`, { to, content, message_type: "INFORM" })),
    beat(stage.ms(40, 120), shannon("MESSAGE_RECEIVED", to, `Message received from ${from}`, { from, content, acknowledged: true })),
  ];
}
