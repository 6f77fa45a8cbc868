import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventPage } from "@/lib/core/api/event";
import { sendLog } from "@/test/send-log";
import { startTestServer, type TestServer } from "@/test/server";
import { findRun } from "../runs/find-run";
import { listEvents } from "./list-events";

const length = 4_500;
const projectOf = async () => (await server.services.pool`select project_id from runs where external_id = 'wf-sought'`)[0]?.project_id;

let server: TestServer;

/** A long run in which a thousandth says something that the rest does not. */
function event(seq: number) {
  const base = { workflow_id: "wf-sought", seq, agent_id: "counter", timestamp: new Date(1_760_000_000_000 + seq * 10).toISOString() };
  if (seq === 1) return { ...base, type: "WORKFLOW_STARTED", payload: { query: "count" } };
  if (seq === 7) return { ...base, type: "TOOL_ERROR", message: "tool error", payload: { tool_name: "count", error: "Timed out" } };
  if (seq === 9) return { ...base, type: "APPROVAL_REQUESTED", payload: { approval_id: "a1", tool: "delete", reason: "sure?" } };
  if (seq % 1_000 === 0) return { ...base, type: "AGENT_THINKING", message: `thought ${seq}`, payload: { order: "A-4711" } };
  return { ...base, type: seq % 2 === 0 ? "AGENT_THINKING" : "PROGRESS", message: `thought ${seq}` };
}

const escaped = '{"workflow_id":"wf-sought","type":"PROGRESS","message":"gr\\u00fc\\u00dfe aus\\nM\\u00fcnchen","seq":4501}';

beforeAll(async () => {
  server = await startTestServer();
  await sendLog(
    server,
    Array.from({ length }, (_, index) => event(index + 1)),
  );
  await server.send("/api/ingest/shannon", escaped);
});
afterAll(() => server.stop());

const ask = async (query: string) => (await (await server.fetch(`/api/runs/wf-sought/events?${query}`)).json()) as EventPage;
const seqsOf = ({ events }: EventPage) => events.map(({ seq }) => seq);
const words = (typed: string, rest = "") => ask(`q=${encodeURIComponent(typed)}${rest}`);

describe("a run's events, narrowed", () => {
  it("are found by words anywhere in them, in any case, in order of seq", async () => {
    expect(seqsOf(await words("a-4711"))).toEqual([1_000, 2_000, 3_000, 4_000]);
    expect(seqsOf(await words("THOUGHT 3000"))).toEqual([3_000]);
    expect(seqsOf(await words("grüße aus münchen"))).toEqual([4_501]);
    expect(seqsOf(await words("workflow_started"))).toEqual([1]);
    expect(seqsOf(await words("run.started"))).toEqual([1]);
    expect(await words("nowhere")).toEqual({ events: [], lastSeq: 4_501, readUpTo: 4_501 });
  });

  it("say what stands around the words where only the sender's JSON holds them", async () => {
    expect((await words("a-4711")).events[0]?.found).toContain('"order":"A-4711"');
    expect((await words("thought 3000")).events[0]).not.toHaveProperty("found");
  });

  it("are found by our id of a request", async () => {
    const asked = (await ask("from=9&limit=1")).events[0]?.approval as { readonly requestId: string } | undefined;
    expect(seqsOf(await words(asked?.requestId ?? "no id"))).toEqual([9]);
  });

  it("are those that failed, and those that failed and hold the words and are of the type", async () => {
    expect(seqsOf(await ask("errors=1"))).toEqual([7]);
    expect(seqsOf(await words("timed out", "&errors=true&types=tool.*"))).toEqual([7]);
    expect(seqsOf(await words("timed out", "&errors=1&types=run.*"))).toEqual([]);
    expect(seqsOf(await ask("errors=0&limit=2"))).toEqual([1, 2]);
  });

  it("come page by page, each saying how far it has looked", async () => {
    const first = await words("a-4711", "&limit=3");
    expect([seqsOf(first), first.readUpTo]).toEqual([[1_000, 2_000, 3_000], 3_000]);
    const rest = await words("a-4711", `&limit=3&from=${first.readUpTo + 1}`);
    expect([seqsOf(rest), rest.readUpTo]).toEqual([[4_000], 4_501]);
  });

  it("refuse what is no flag and what is too long to look for", async () => {
    for (const query of ["errors=maybe", `q=${"x".repeat(201)}`, "q=a%00b", "q=a&within=5"])
      expect((await server.fetch(`/api/runs/wf-sought/events?${query}`)).status, query).toBe(400);
  });
});

it("a filter that finds nothing looks at a bounded stretch at a time, and the stretches together are the run", async () => {
  const run = await findRun(await projectOf(), "wf-sought");
  const ends: number[] = [];
  let looked = 0;
  for (let from = 1; from <= run.lastSeq; from = (ends.at(-1) as number) + 1) {
    const matches = () => {
      looked += 1;
      return false;
    };
    for await (const page of listEvents(run, { from, limit: 10, matches, forMs: 0, lookedUpTo: (seq) => ends.push(seq) }))
      expect(page).toEqual([]);
  }
  expect(ends).toEqual([1_000, 2_000, 3_000, 4_000, 4_501]);
  expect(looked).toBe(4_501);
});
