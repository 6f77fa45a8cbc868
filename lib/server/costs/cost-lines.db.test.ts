import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CostLine, CostLines } from "@/lib/core/api/cost-lines";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import type { UsageSum } from "@/lib/core/usage/state";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const atMs = Date.now() - 60_000;
const json = async <T>(path: string) => (await (await server.fetch(path)).json()) as T;
const linesOf = async (run: string, query = "") => (await json<CostLines>(`/api/runs/${run}/cost-lines${query}`)).lines;
const event = (run: string, seq: number, agent: string, rest: object) => ({
  ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: agent, timestamp: new Date(atMs + seq).toISOString() },
  ...rest,
});
const call = (run: string, seq: number, agent: string, payload: object) => event(run, seq, agent, { payload });
const partsOf = ({ parts }: CostLine) => Object.fromEntries(parts.map((part) => [part.class, [part.tokens, part.rate, part.nanos]]));

describe("how the money of a run comes about", () => {
  it("is told by class, price and who says so: a list's step, a price of one's own, the sender, nobody", async () => {
    await server.send("/api/prices", { model: "house-lm", input: "2", output: "10", cachedRead: "0.2", reasoning: "20" });
    await server.send("/events", [
      call("told", 1, "a", { model: "gpt-5", provider: "openai", input_tokens: 1_000, output_tokens: 50, cached_tokens: 400 }),
      call("told", 2, "a", { model: "gpt-5", provider: "openai", input_tokens: 500, output_tokens: 50 }),
      call("told", 3, "a", { model: "gemini-2.5-pro", provider: "google", input_tokens: 1_000, output_tokens: 10 }),
      call("told", 4, "a", { model: "gemini-2.5-pro", provider: "google", input_tokens: 200_001, output_tokens: 10 }),
      call("told", 5, "b", { model: "house-lm", input_tokens: 300, output_tokens: 100, cached_tokens: 200, reasoning_tokens: 40 }),
      call("told", 6, "b", { model: "gpt-5", input_tokens: 10, output_tokens: 5, cost_usd: 0.25 }),
      call("told", 7, "b", { model: "nobody-knows", input_tokens: 70, output_tokens: 7 }),
    ]);
    const lines = await linesOf("told");
    const told = lines.map((line) => [line.agent, line.model, line.source, line.events, line.nanos, partsOf(line)]);
    const [own] = await server.services.pool`select id from prices`;
    expect(told).toEqual([
      // Beyond 200,000 tokens it is dearer.
      ["a", "gemini-2.5-pro", "genai-prices", 1, 500_152_500, { input: [200_001, "2.5", 500_002_500], output: [10, "15", 150_000] }],
      ["b", "gpt-5", "reported", 1, 250_000_000, { input: [10, null, null], output: [5, null, null] }],
      [
        ...["a", "gpt-5", "genai-prices", 2, 2_425_000],
        { input: [1_100, "1.25", 1_375_000], cachedRead: [400, "0.125", 50_000], output: [100, "10", 1_000_000] },
      ],
      [
        ...["b", "house-lm", "override", 1, 1_640_000],
        { input: [100, "2", 200_000], cachedRead: [200, "0.2", 40_000], output: [60, "10", 600_000], reasoning: [40, "20", 800_000] },
      ],
      ["a", "gemini-2.5-pro", "genai-prices", 1, 1_350_000, { input: [1_000, "1.25", 1_250_000], output: [10, "10", 100_000] }],
      ["b", "nobody-knows", "unpriced", 1, 0, { input: [70, null, null], output: [7, null, null] }],
    ]);
    expect(lines.find((line) => line.source === "override")?.priceId).toBe(own?.id);

    // As of a moment, and behind a price that is no more.
    expect((await linesOf("told", "?at=2")).map((line) => [line.model, line.nanos])).toEqual([["gpt-5", 2_425_000]]);
    await server.fetch(`/api/prices/${own?.id}`, { method: "DELETE" });
    const gone = (await linesOf("told")).find((line) => line.model === "house-lm");
    expect(gone).toMatchObject({ source: "changed", priceId: null, nanos: 1_640_000 });
    expect(gone && partsOf(gone)).toEqual({ input: [100, null, null], cachedRead: [200, null, null], output: [100, null, null] });
  });

  it.each([
    ["calls", ["LLM_OUTPUT"]],
    ["calls and agents", ["LLM_OUTPUT", "LLM_OUTPUT", "AGENT_COMPLETED"]],
    ["agents", ["AGENT_COMPLETED"]],
    ["all of them", ["LLM_OUTPUT", "LLM_OUTPUT", "LLM_OUTPUT", "AGENT_COMPLETED", "WORKFLOW_COMPLETED"]],
  ])("adds up to the figures of the run where %s report", async (name, types) => {
    let drawn = 11;
    const draw = (below: number) => {
      drawn = (drawn * 48_271) % 2_147_483_647;
      return drawn % below;
    };
    const one = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
    const usage = () => ({
      ...{ model: one(["gpt-5", "claude-sonnet-4-5", "who-knows", undefined]), input_tokens: draw(300_000), output_tokens: draw(5_000) },
      ...one([{}, {}, { cached_tokens: draw(400_000) }, { cost_usd: draw(1_000) / 1e6 }, { reasoning_tokens: draw(6_000) }]),
    });
    const events = Array.from({ length: 400 }, (_, n) => {
      const type = one(types);
      return event(name, n + 1, one(["a", "b", "c"]), { type, payload: usage() });
    });
    await server.send("/events", events);
    const { state, run: summary } = await json<{ state: RunState; run: RunSummary }>(`/api/runs/${encodeURIComponent(name)}/state`);
    const lines = await linesOf(encodeURIComponent(name));
    expect(new Set(lines.map(({ source }) => source))).toEqual(new Set(["reported", "genai-prices", "unpriced"]));
    const sumOf = (found: readonly CostLine[]) => ({
      tokens: found.reduce((sum, line) => sum + line.tokens, 0),
      reported: found.reduce((sum, line) => sum + (line.source === "reported" ? line.nanos : 0), 0),
      estimated: found.reduce((sum, line) => sum + (line.source === "reported" ? 0 : line.nanos), 0),
      unpriced: found.reduce((sum, line) => sum + (line.source === "unpriced" ? line.events : 0), 0),
    });
    const shown = (sum: UsageSum) => ({
      ...{ tokens: sum.total, reported: sum.reportedNanos, estimated: sum.estimatedNanos, unpriced: sum.unpriced },
    });
    const { calls, agents, run, byModel, byAgent } = state.usage;
    for (const sum of [calls, agents, ...(run ? [run] : [])])
      expect([sum.scope, sumOf(lines.filter((line) => line.scope === sum.scope))]).toEqual([sum.scope, shown(sum)]);
    for (const [model, sum] of Object.entries(byModel))
      expect([model, sumOf(lines.filter((line) => line.model === model && line.scope === sum.scope))]).toEqual([model, shown(sum)]);
    for (const [agent, sum] of Object.entries(byAgent))
      expect([agent, sumOf(lines.filter((line) => line.agent === agent && line.scope === sum.scope))]).toEqual([agent, shown(sum)]);
    const { reportedNanos: reported, estimatedNanos: estimated, unpricedCalls: unpriced } = summary.cost;
    expect(sumOf(lines.filter((line) => line.shown))).toMatchObject({ reported, estimated, unpriced });
    for (const line of lines) {
      const counted = line.parts.reduce((sum, part) => sum + (part.nanos ?? 0), 0);
      // Each event is rounded once, to a nano-dollar.
      if (line.source === "genai-prices") expect(Math.abs(counted - line.nanos)).toBeLessThanOrEqual(line.events);
    }
  });
});
