import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventPage } from "@/lib/core/api/event";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Shown = {
  readonly events: readonly unknown[];
  readonly truncated?: { readonly after_seq: number; readonly last_seq: number; readonly rest: string };
};
const send = (run: string, events: readonly object[]) => server.send(`/api/ingest/powabase?run=${run}`, events);
const shown = async (run: string) => (await (await server.fetch(`/api/agents/runs/${run}`)).json()) as Shown;
const calls = (from: number, to: number, content = "") =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    event: "tool_call",
    tool_name: "look",
    call_id: `c${from + i}`,
    arguments: { content },
  }));

/** Every event of the run by what the answer lists and what it says is left. */
async function told(run: string): Promise<number> {
  const { events, truncated } = await shown(run);
  if (!truncated) return events.length;
  const rest = (await (await server.fetch(`${truncated.rest}&limit=1000`)).json()) as EventPage;
  expect(rest.events[0]?.seq).toBe(truncated.after_seq + 1);
  expect(rest.lastSeq).toBe(truncated.last_seq);
  expect(events).toHaveLength(truncated.after_seq);
  return events.length + rest.events.length;
}

describe("the answer of one run in Powabase's words", () => {
  it("that lists all events is theirs alone, and one of too many events says from where on they are missing, and where they are", async () => {
    for (let from = 1; from <= 5_000; from += 1_000) expect((await send("many", calls(from, from + 999))).status).toBeLessThan(300);
    expect(Object.keys(await shown("many"))).not.toContain("truncated");
    expect(await told("many")).toBe(5_000);
    await send("many", calls(5_001, 5_003));
    expect((await shown("many")).truncated).toMatchObject({ after_seq: 5_000, last_seq: 5_003 });
    expect(await told("many")).toBe(5_003);
  });

  it("of too much text says so, too", async () => {
    const page = "a page of text ".repeat(100_000);
    for (let at = 1; at <= 16; at += 1) expect((await send("long", calls(at, at, page))).status).toBeLessThan(300);
    expect((await shown("long")).truncated).toMatchObject({ last_seq: 16 });
    expect(await told("long")).toBe(16);
  });
});
