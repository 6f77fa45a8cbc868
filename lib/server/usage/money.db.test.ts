import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CostReport } from "@/lib/core/api/costs";
import type { RunSummary } from "@/lib/core/api/run";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const at = new Date(Date.now() - 60_000);
const run = async (id: string) => (await (await server.fetch(`/api/runs/${id}`)).json()) as RunSummary;

function call(id: string, seq: number, payload: object) {
  return { workflow_id: id, type: "LLM_OUTPUT", seq, timestamp: at.toISOString(), agent_id: "writer", payload };
}

describe("money, from the sender's bytes to the project's total", () => {
  /** Hand-computed in nano-dollars; a dollar per million tokens is 1,000 nano-dollars a token. */
  const told: readonly { readonly payload: object; readonly estimated: number; readonly reported: number }[] = [
    // OpenAI: the 400 cached are among the 1,000.
    {
      payload: { model: "gpt-5", provider: "openai", input_tokens: 1_000, output_tokens: 50, cached_tokens: 400 },
      estimated: 600 * 1_250 + 400 * 125 + 50 * 10_000,
      reported: 0,
    },
    // Anthropic: the cached stand beside the 600.
    {
      payload: {
        model: "claude-sonnet-4-20250514",
        provider: "anthropic",
        input_tokens: 600,
        output_tokens: 50,
        cache_read_tokens: 400,
        cache_creation_tokens: 31,
      },
      estimated: 600 * 3_000 + 400 * 300 + 31 * 3_750 + 50 * 15_000,
      reported: 0,
    },
    // Reasoning is a part of the 900.
    {
      payload: { model: "o4-mini", input_tokens: 100, output_tokens: 900, reasoning_tokens: 800 },
      estimated: 100 * 1_100 + 900 * 4_400,
      reported: 0,
    },
    // What the sender reports is taken as it is: no estimate beside it.
    { payload: { model: "gpt-5", input_tokens: 10, output_tokens: 10, cost_usd: 0.000000001 }, estimated: 0, reported: 1 },
    { payload: { model: "gpt-5", input_tokens: 10, output_tokens: 10, cost_usd: 0.1 }, estimated: 0, reported: 100_000_000 },
    { payload: { model: "gpt-5", input_tokens: 10, output_tokens: 10, cost_usd: 0.0123456789 }, estimated: 0, reported: 12_345_679 },
    { payload: { model: "gpt-5", input_tokens: 10, output_tokens: 10, cost_usd: 1.005 }, estimated: 0, reported: 1_005_000_000 },
    { payload: { model: "gpt-5", input_tokens: 10, output_tokens: 10, cost_usd: 0 }, estimated: 0, reported: 0 },
  ];
  const estimated = told.reduce((sum, each) => sum + each.estimated, 0);
  const reported = told.reduce((sum, each) => sum + each.reported, 0);

  it("is exact for each event, and the sum of the events is the run is the project", async () => {
    for (const [index, { payload }] of told.entries()) {
      expect((await server.send("/events", call(`each-${index}`, 1, payload))).status).toBe(200);
      const { cost } = await run(`each-${index}`);
      expect({ index, estimated: cost.estimatedNanos, reported: cost.reportedNanos }).toEqual({
        index,
        estimated: told[index]?.estimated,
        reported: told[index]?.reported,
      });
    }
    const events = told.map(({ payload }, index) => call("together", index + 1, payload));
    await server.send("/events", events);
    const together = await run("together");
    expect([together.cost.estimatedNanos, together.cost.reportedNanos]).toEqual([estimated, reported]);
    const costs = (await (await server.fetch("/api/costs?groupBy=model")).json()) as CostReport;
    expect([costs.totals.estimatedNanos, costs.totals.reportedNanos]).toEqual([2 * estimated, 2 * reported]);
    const [stored] = await server.services.pool`select sum(estimated_nanos)::text as nanos from events`;
    expect(Number(stored?.nanos)).toBe(2 * estimated);
  });

  it("is not counted again when the same events are sent again", async () => {
    const before = await run("together");
    await server.send(
      "/events",
      told.map(({ payload }, index) => call("together", index + 1, payload)),
    );
    expect((await run("together")).cost).toEqual(before.cost);
    const costs = (await (await server.fetch("/api/costs")).json()) as CostReport;
    expect(costs.totals.reportedNanos).toBe(2 * reported);
  });

  it("names what nobody can price, instead of a zero", async () => {
    await server.send("/events", call("unknown", 1, { model: "house-model-7", input_tokens: 10, output_tokens: 10 }));
    const { cost } = await run("unknown");
    expect([cost.reportedNanos, cost.estimatedNanos, cost.unpricedCalls]).toEqual([0, 0, 1]);
    const costs = (await (await server.fetch("/api/costs?groupBy=model")).json()) as CostReport;
    expect(costs.groups.find((group) => group.key === "house-model-7")?.figures.unpriced).toBe(1);
  });
});
