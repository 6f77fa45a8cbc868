import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const crewship = (run: string, ...types: readonly string[]) =>
  server.send(
    "/api/ingest/crewship",
    types.map((type) => ({ type, run_id: run, message: "m" })),
  );
const powabase = (run: string, ...words: readonly string[]) =>
  server.send(
    `/api/ingest/powabase?run=${run}`,
    words.map((event) => ({ event, message: "m" })),
  );
const idsUpTo = (last: number) => Array.from({ length: last }, (_, n) => `evt_${String(n + 1).padStart(3, "0")}`);
const idsOf = (text: string) => text.match(/(?<=^id: ).*$/gm);
const eventsOf = (text: string) => text.match(/(?<="event":")[a-z_]+/g);

describe("a stream that is read from the beginning is not ended by an end that was not the last word", () => {
  it("of a run with more behind its end than one page of the log holds", async () => {
    await crewship("run-late", "run.started", "run.completed", ...Array<string>(600).fill("log"));
    await crewship("run-late", ...Array<string>(900).fill("log"));
    expect(idsOf(await (await readStream(server.fetch, "/v1/runs/run-late/events")).end())).toEqual(idsUpTo(1_502));
    expect((await server.fetch("/v1/runs/run-late/events", { headers: { "last-event-id": "evt_1502" } })).status).toBe(204);
  });

  it("of a Crewship run that was begun anew, which is followed until it ends again", async () => {
    await crewship("run-anew", "run.started", "run.failed", "run.started", "log");
    const reader = await readStream(server.fetch, "/v1/runs/run-anew/events");
    await reader.until("evt_004");
    await crewship("run-anew", "log", "run.completed");
    expect(idsOf(await reader.end())).toEqual(idsUpTo(6));
  });

  it("of a Powabase run that was begun anew, by all who read it", async () => {
    await powabase("pw-anew", "start", "complete", "start", "tool_call");
    const readers = await Promise.all(Array.from({ length: 3 }, () => readStream(server.fetch, "/api/agents/runs/pw-anew/stream")));
    for (const reader of readers) await reader.until("tool_call");
    await powabase("pw-anew", "tool_result", "complete");
    for (const reader of readers)
      expect(eventsOf(await reader.end())).toEqual(["start", "complete", "start", "tool_call", "tool_result", "complete"]);
  });
});
