import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import { findRun } from "./find-run";
import { listedChars, runAnswer, runAnswers } from "./run-answers";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const text = async (path: string) => (await server.fetch(path)).text();
const long = "a word of the answer ".repeat(500);

describe("what a run was asked and what it answered", () => {
  it("is in Crewship's words as it was sent, digit by digit, of one run and in the list", async () => {
    const input = '{"topic":"AI","budget":9007199254740993}';
    const result = `{"report":${JSON.stringify(long)},"score":1.0}`;
    await server.send(
      "/api/ingest/crewship",
      `[{"type":"run.started","run_id":"run_io","input":${input}},{"type":"run.completed","run_id":"run_io","duration_ms":5,"result":${result}}]`,
    );
    for (const path of ["/v1/runs/run_io", "/v1/runs"]) expect(await text(path)).toContain(`"input":${input},"output":${result}`);
  });

  it("is whole in Shannon's words, however long, and an object where it is JSON", async () => {
    await server.send("/api/ingest/shannon", [
      { workflow_id: "wf-long", type: "WORKFLOW_STARTED", payload: { query: long } },
      { workflow_id: "wf-long", type: "WORKFLOW_COMPLETED", payload: { result: long } },
      { workflow_id: "wf-rows", type: "WORKFLOW_COMPLETED", payload: { result: { rows: 3, note: long } } },
    ]);
    expect(JSON.parse(await text("/api/v1/tasks/wf-long"))).toMatchObject({ query: long, result: long });
    const rows = { rows: 3, note: long };
    expect(JSON.parse(await text("/api/v1/tasks/wf-rows"))).toMatchObject({ result: JSON.stringify(rows), response: rows });
  });

  it("is what the end of the run said, whatever an agent says behind it", async () => {
    await server.send("/api/ingest/shannon", [
      { workflow_id: "wf-late", type: "WORKFLOW_COMPLETED", payload: { result: long } },
      { workflow_id: "wf-late", type: "THREAD_MESSAGE_COMPLETED", agent_id: "writer", payload: { content: "By the way" } },
    ]);
    expect(JSON.parse(await text("/api/v1/tasks/wf-late"))).toMatchObject({ result: long });
  });

  it("is the last output of a model where a Shannon run ends without a word, as its catalogue's typical flow does", async () => {
    const flow = (run: string, ...events: object[]) =>
      server.send(
        "/api/ingest/shannon",
        events.map((event, at) => ({ workflow_id: run, seq: at + 1, ...event })),
      );
    const started = { type: "WORKFLOW_STARTED", payload: { query: "q", session_id: "flow" } };
    const output = { type: "LLM_OUTPUT", agent_id: "writer", message: "LLM output complete", data: { output: long } };
    const done = { type: "WORKFLOW_COMPLETED", message: "All done" };
    await flow("wf-flow", started, { ...output, data: { output: "A plan" } }, output, done, { type: "STREAM_END" });
    await flow("wf-on", started, output);
    await flow("wf-said", started, { type: "LLM_OUTPUT", agent_id: "final_output", message: "Said" }, output, done);
    const { tasks } = JSON.parse(await text("/api/v1/sessions/flow/history")) as { tasks: { task_id: string; result?: string }[] };
    expect(tasks.map(({ task_id, result }) => [task_id, result])).toEqual([
      ["wf-flow", long],
      ["wf-on", undefined],
      ["wf-said", "Said"],
    ]);
    expect(JSON.parse(await text("/api/v1/tasks/wf-flow"))).toMatchObject({ status: "TASK_STATUS_COMPLETED", result: long });
  });

  it("is whole in Powabase's words, as question, content and message", async () => {
    await server.send("/api/ingest/powabase?run=run-long", [
      { event: "start", run_id: "run-long", message: long },
      { event: "complete", run_id: "run-long", content: long },
    ]);
    expect(JSON.parse(await text("/api/agents/runs/run-long"))).toMatchObject({
      content: long,
      input_messages: [{ role: "user", content: long }],
      output_messages: [{ role: "assistant", content: long }],
    });
  });

  it("is its beginning where its pieces are too long together, each of which is not; one that fits is whole", async () => {
    for (const [run, piece] of [
      ["pieces-long", "y".repeat(listedChars / 3)],
      ["pieces-short", "y".repeat(3_000)],
    ] as const) {
      await server.send(`/api/ingest/powabase?run=${run}`, [
        { event: "start", run_id: run, message: "Say y" },
        ...Array.from({ length: 4 }, () => ({ event: "chunk", content: piece })),
        { event: "complete", run_id: run },
      ]);
      const found = await findRun(defaultProjectId, run);
      const { output, query } = (await runAnswers(server.services.pool, [found], listedChars)).get(found.id) ?? {};
      expect([query, output]).toEqual(["Say y", run === "pieces-long" ? "y".repeat(2_000) : piece.repeat(4)]);
      expect((await runAnswer(server.services.pool, found)).output).toBe(piece.repeat(4));
    }
  });

  it("is its beginning in a list where it is too long for one, and where its event is no longer kept", async () => {
    const result = "x".repeat(listedChars);
    await server.send("/api/ingest/crewship", { type: "run.completed", run_id: "run_huge", result });
    const { runs } = JSON.parse(await text("/v1/runs?limit=1")) as { runs: { id: string; output: string }[] };
    expect(runs).toMatchObject([{ id: "run_huge", output: "x".repeat(2_000) }]);
    expect(JSON.parse(await text("/v1/runs/run_huge"))).toMatchObject({ output: result });
    await server.services.pool`delete from events where run_id = (select id from runs where external_id = 'run_huge')`;
    expect(JSON.parse(await text("/v1/runs/run_huge"))).toMatchObject({ output: "x".repeat(2_000) });
  });
});
