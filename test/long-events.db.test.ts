import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventPages, readEvents } from "@/lib/server/events/read";
import { startTestServer, type TestServer } from "./server";

// G11: what is read of a run is bounded by bytes. Before, a list of 300 events of a megabyte took 4 GB.
const events = 120;
const long = 900_000;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (let n = 1; n <= events; n += 4)
    await server.send(
      "/events",
      Array.from({ length: 4 }, (_, k) => ({
        workflow_id: "wf-bomb",
        type: "LLM_OUTPUT",
        seq: n + k,
        message: `${n + k} `.padEnd(long, "x"),
      })),
    );
});
afterAll(() => server.stop());

const ref = async () => {
  const [run] = await server.services.pool`select id, project_id from runs where external_id = 'wf-bomb'`;
  return { projectId: run?.project_id as string, runId: run?.id as string, dialect: "shannon" as const };
};
const collect = () => (runInNewContext("gc") as () => void)();

it("a page of a run ends where its texts fill 2 MiB, and all pages together are the run", async () => {
  const run = await ref();
  const { pool } = server.services;
  expect((await readEvents(pool, run, { from: 1, limit: 1_000 })).map(({ event }) => event.seq)).toEqual([1, 2, 3]);
  const seqs: number[] = [];
  for await (const page of eventPages(pool, run, { from: 2, upTo: events - 1 })) {
    expect(page.length).toBeLessThanOrEqual(3);
    seqs.push(...page.map(({ event }) => event.seq));
  }
  expect(seqs).toEqual(Array.from({ length: events - 2 }, (_, n) => n + 2));
});

it("a list of a hundred megabytes comes whole and in order, and is never there whole", async () => {
  setFlagsFromString("--expose-gc");
  for (const [path, closing] of [
    ["/api/runs/wf-bomb/events?limit=1000&raw=1", `],"lastSeq":${events},"readUpTo":${events}}`],
    ["/api/v1/tasks/wf-bomb/events?limit=1000", `],"count":${events}}`],
  ] as const) {
    const reply = await server.fetch(path);
    const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
    collect();
    const before = process.memoryUsage();
    let most = 0;
    let bytes = 0;
    let tail = "";
    const seqs: number[] = [];
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const text = tail + Buffer.from(next.value).toString("latin1");
      for (const match of text.matchAll(/"message":"(\d+) x/g)) if (seqs.at(-1) !== Number(match[1])) seqs.push(Number(match[1]));
      tail = text.slice(-40);
      if (Math.floor((bytes + next.value.length) / 10_000_000) > Math.floor(bytes / 10_000_000)) {
        collect();
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        most = Math.max(most, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers);
      }
      bytes += next.value.length;
    }
    expect(bytes).toBeGreaterThan(events * long);
    expect(tail.endsWith(closing)).toBe(true);
    expect(seqs).toEqual(Array.from({ length: events }, (_, n) => n + 1));
    expect(most).toBeLessThan(40_000_000);
  }
});

it("a platform's list of long events is whole, in its order, and written a few at a time", async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `evt_long_${n + 10}`);
  for (const [n, id] of ids.entries()) {
    const data = { user_id: "u", note: `${id} `.padEnd(long, "x") };
    const event = { id, type: "user.login", created_at: `2026-02-21T03:27:${10 + n}Z`, data };
    expect((await server.send("/api/ingest/resonant", event)).status).toBe(200);
  }
  const reply = await server.fetch("/api/v1/events?limit=100");
  expect(reply.headers.get("content-length")).toBeNull();
  const { data, pagination } = (await reply.json()) as { data: { id: string; data: { note: string } }[]; pagination: object };
  expect(data.map((event) => event.id)).toEqual(ids);
  expect(data.every((event) => event.data.note.length === long)).toBe(true);
  expect(pagination).toEqual({ total: 20, limit: 100, offset: 0, has_more: false });
});

it("a reader that stops reading holds a page, not the run", async () => {
  collect();
  const before = process.memoryUsage();
  const aborts = Array.from({ length: 20 }, () => new AbortController());
  await Promise.all(
    aborts.map(async ({ signal }) => {
      const reply = await server.fetch("/api/runs/wf-bomb/stream?raw=1", { signal });
      const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
      for (let bytes = 0; bytes < 1_000_000; ) bytes += (await reader.read()).value?.length ?? 0;
    }),
  );
  // The server answers others meanwhile: whatever it still had to write is in its buffers by then.
  for (let n = 0; n < 20; n++) expect((await server.fetch("/api/runs/wf-bomb")).status).toBe(200);
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  expect(heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(20 * 4_000_000);
  for (const abort of aborts) abort.abort();
});
