import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function page(task: string, query: string): Promise<number[]> {
  const reply = await server.fetch(`/api/v1/tasks/${task}/events?${query}`);
  expect(reply.status).toBe(200);
  const { events, count } = (await reply.json()) as { events: { seq: number }[]; count: number };
  expect(count).toBe(events.length);
  return events.map(({ seq }) => seq);
}

/** All pages of two, as a client reads them that adds what it got to `offset`. */
async function walk(task: string, query = ""): Promise<number[]> {
  const seen: number[] = [];
  for (
    let got = await page(task, `limit=2&offset=0${query}`);
    got.length > 0;
    got = await page(task, `limit=2&offset=${seen.length}${query}`)
  )
    seen.push(...got);
  return seen;
}

const types = (run: string, ...words: readonly string[]) => words.map((type, n) => ({ workflow_id: run, type, seq: n + 1 }));

describe("the pages of a task's events hold each event once", () => {
  const words = ["WORKFLOW_STARTED", "AGENT_THINKING", "LLM_PARTIAL", "TOOL_INVOKED", "AGENT_THINKING", "TOOL_INVOKED", "LLM_OUTPUT"];

  it("with a filter, where offset counts what the filter finds", async () => {
    await server.send("/api/ingest/shannon", types("wf-filtered", ...words, "TOOL_INVOKED", "WORKFLOW_COMPLETED"));
    expect(await walk("wf-filtered")).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await walk("wf-filtered", "&types=TOOL_INVOKED")).toEqual([4, 6, 8]);
    expect(await page("wf-filtered", "types=TOOL_INVOKED&offset=3")).toEqual([]);
  });

  it("when deltas and thoughts have left the log before the others", async () => {
    await server.send("/api/ingest/shannon", types("wf-thinned", ...words, "WORKFLOW_COMPLETED"));
    const { pool } = server.services;
    await pool`delete from events_ephemeral where run_id = (select id from runs where external_id = 'wf-thinned')`;
    expect(await walk("wf-thinned")).toEqual([1, 4, 6, 7, 8]);
    expect(await walk("wf-thinned", "&types=tool_invoked")).toEqual([4, 6]);
    expect(await page("wf-thinned", "offset=5")).toEqual([]);
    expect(await page("wf-thinned", "offset=1000000000")).toEqual([]);
  });

  it("of another system's run, where offset counts what Shannon has a word for", async () => {
    const events = ["run.started", "heartbeat", "log", "heartbeat", "log", "run.completed"].map((type) => ({ run_id: "run-other", type }));
    await server.send("/api/ingest/crewship", events);
    expect(await walk("run-other")).toEqual([1, 3, 5, 6]);
  });
});
