import { describe, expect, test } from "vitest";
import type { Dialect } from "../core/dialect";
import type { Usage } from "../core/events/canonical";
import type { JsonObject } from "../core/json";
import { adapters } from "./registry";

const bodies: { readonly [dialect in Dialect]?: (usage: JsonObject) => JsonObject } = {
  shannon: (usage) => ({ workflow_id: "r", type: "LLM_OUTPUT", payload: usage }),
  "agent-os": (usage) => ({ event_type: "run_end", sdk_run_id: "r", payload: usage }),
  powabase: (usage) => ({ event: "complete", run_id: "r", usage }),
  resonant: (usage) => ({ type: "session.completed", data: { session_id: "r", ...usage } }),
};

const inside = { rule: "cached-in-input" } as const;
const beside = { rule: "cached-beside-input" } as const;

/** What a sender writes of tokens and money, and what is read of it; nothing where it writes none. */
const rows: readonly (readonly [Dialect, JsonObject, Omit<Usage, "scope"> | undefined])[] = [
  ["shannon", { cost_usd: 0.0125 }, { costNanos: 12_500_000 }],
  ["shannon", { total_cost_usd: "0.0125" }, { costNanos: 12_500_000 }],
  ["shannon", { estimated_cost: 0.0125 }, { costNanos: 12_500_000 }],
  ["shannon", { usage: { cost_usd: 0.0125, total_tokens: 9 } }, { costNanos: 12_500_000, total: 9 }],
  ["shannon", { cost_usd: 0.5, usage: { cost_usd: 0.1 } }, { costNanos: 500_000_000 }],
  ["shannon", { input_tokens: 5, usage: { input_tokens: 7, output_tokens: 3 } }, { input: 5, output: 3 }],
  ["shannon", { input_tokens: 5, cached_tokens: 2 }, { input: 5, cachedRead: 2, ...inside }],
  [
    "shannon",
    { input_tokens: 5, cache_read_tokens: 2, provider: "Anthropic" },
    { provider: "Anthropic", input: 5, cachedRead: 2, ...beside },
  ],
  ["shannon", { cache_creation_tokens: 9, model_used: "claude-4" }, { model: "claude-4", cachedWrite: 9, ...beside }],
  [
    "shannon",
    { cache_creation_tokens: 0, cache_creation_5m_tokens: 4, cache_creation_1h_tokens: 5 },
    { cachedWrite: 9, cachedWrite1h: 5, ...inside },
  ],
  ["shannon", { cache_creation_tokens: 12, cache_creation_5m_tokens: 4 }, { cachedWrite: 12, ...inside }],
  ["shannon", { cache_creation_5m_tokens: 4 }, { cachedWrite: 4, ...inside }],
  ["shannon", { usage: { prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 2 } } }, { input: 5, cachedRead: 2, ...inside }],
  ["shannon", { usage: { input_tokens: 5, input_tokens_details: { cached_tokens: 2 } } }, { input: 5, cachedRead: 2, ...inside }],
  ["shannon", { usage: { output_tokens: 5, completion_tokens_details: { reasoning_tokens: 2 } } }, { output: 5, reasoning: 2 }],
  ["shannon", { usage: { output_tokens: 5, output_tokens_details: { reasoning_tokens: 2 } } }, { output: 5, reasoning: 2 }],
  ["shannon", { reasoning_tokens: 2 }, { reasoning: 2 }],
  ["shannon", { usage: { total_tokens: 9, model: "gpt-5", provider: "openai" } }, { model: "gpt-5", provider: "openai", total: 9 }],
  ["shannon", { model: "gpt-5" }, undefined],
  ["shannon", { cost_usd: -1, tokens_used: 1.5 }, undefined],
  ["agent-os", { cost_usd: 0.0125 }, { costNanos: 12_500_000 }],
  ["agent-os", { total_cost_usd: 0.0125, model: "gpt-5" }, { model: "gpt-5", costNanos: 12_500_000 }],
  ["agent-os", { model: "gpt-5" }, undefined],
  ["powabase", { cost_usd: 0.0125 }, { costNanos: 12_500_000 }],
  ["powabase", { total_cost_usd: 0.0125 }, { costNanos: 12_500_000 }],
  ["powabase", { cost: 0.0125 }, { costNanos: 12_500_000 }],
  ["powabase", { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 }, { input: 5, output: 3, total: 8 }],
  ["powabase", { input_tokens: 5, output_tokens: 3 }, { input: 5, output: 3 }],
  ["powabase", { input_tokens: 5, cached_tokens: 2 }, { input: 5, cachedRead: 2, ...inside }],
  ["powabase", { input_tokens: 5, cached: 2 }, { input: 5, cachedRead: 2, ...inside }],
  ["powabase", { input_tokens: 5, cache_read_tokens: 2 }, { input: 5, cachedRead: 2, ...inside }],
  ["powabase", { input_tokens: 5, cache_read_input_tokens: 2 }, { input: 5, cachedRead: 2, ...beside }],
  ["powabase", { cache_creation_tokens: 2 }, { cachedWrite: 2, ...inside }],
  ["powabase", { cache_write_tokens: 2 }, { cachedWrite: 2, ...inside }],
  ["powabase", { cache_creation_input_tokens: 2 }, { cachedWrite: 2, ...beside }],
  ["powabase", { prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 2 } }, { input: 5, cachedRead: 2, ...inside }],
  ["powabase", { input_tokens: 5, input_tokens_details: { cached_tokens: 2 } }, { input: 5, cachedRead: 2, ...inside }],
  ["powabase", { reasoning_tokens: 2 }, { reasoning: 2 }],
  ["powabase", { output_tokens: 5, completion_tokens_details: { reasoning_tokens: 2 } }, { output: 5, reasoning: 2 }],
  ["powabase", { output_tokens: 5, output_tokens_details: { reasoning_tokens: 2 } }, { output: 5, reasoning: 2 }],
  ["powabase", { total_tokens: 8, model: "gpt-5", provider: "openai" }, { model: "gpt-5", provider: "openai", total: 8 }],
  ["powabase", { model: "gpt-5" }, undefined],
  ["resonant", { tokens_used: 8 }, { total: 8 }],
  ["resonant", { total_tokens: 8 }, { total: 8 }],
  ["resonant", {}, undefined],
];

describe("tokens and money are read under every name that a system has for them, to the nano-dollar (G23)", () => {
  test.each(rows.map(([dialect, written, usage]) => ({ dialect, written, usage })))("$dialect $written", ({ dialect, written, usage }) => {
    const body = bodies[dialect]?.(written) ?? {};
    const { scope: _, ...read } = adapters[dialect].decode({ body }).usage ?? { scope: null };
    expect(read).toEqual(usage ?? {});
  });
});
