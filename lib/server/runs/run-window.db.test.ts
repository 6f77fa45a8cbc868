import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromApiEvent } from "@/lib/core/api/convert";
import type { EventPage } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { emptyRun, fold, foldVersion } from "@/lib/core/run/fold";
import { type HeldLists, type RunChunk, type RunWindow, widenRun } from "@/lib/core/run/run-window";
import { sendLog } from "@/test/send-log";
import { startTestServer, type TestServer } from "@/test/server";

const length = 9_500;

let server: TestServer;
let log: LoggedEvent[];

type WindowReply = RunWindow & { readonly run: RunSummary };
type ChunksReply = { readonly base: HeldLists; readonly chunks: readonly RunChunk[] };

const read = async <T>(path: string): Promise<T> => (await server.fetch(`/api/runs/wf-long${path}`)).json() as never;
const keptEnds = async (): Promise<number[]> =>
  (await server.services.pool`select seq from run_snapshots where fold_version = ${foldVersion} order by seq`).map((row) =>
    Number(row.seq),
  );

/** A call that stays open over many chunks, and short ones all the time. */
function event(seq: number) {
  const base = {
    workflow_id: "wf-long",
    seq,
    agent_id: `agent-${seq % 5}`,
    timestamp: new Date(1_760_000_000_000 + seq * 10).toISOString(),
  };
  if (seq === 1) return { ...base, type: "WORKFLOW_STARTED", payload: { query: "count" } };
  if (seq === 2 || seq === 7_777) {
    const payload = { tool_name: "slow", call_id: "slow", result: seq };
    return { ...base, type: seq === 2 ? "TOOL_INVOKED" : "TOOL_OBSERVATION", payload };
  }
  if (seq % 3 === 0) return { ...base, type: "TOOL_INVOKED", payload: { tool_name: "count", call_id: `c${seq}` } };
  if (seq % 3 === 1) return { ...base, type: "TOOL_OBSERVATION", payload: { tool_name: "count", call_id: `c${seq - 1}`, result: seq } };
  return { ...base, type: "AGENT_THINKING", message: `thought ${seq}` };
}

beforeAll(async () => {
  server = await startTestServer();
  await sendLog(
    server,
    Array.from({ length }, (_, index) => event(index + 1)),
  );
  log = [];
  while (log.length < length) log.push(...(await read<EventPage>(`/events?limit=1000&from=${log.length + 1}`)).events.map(fromApiEvent));
});
afterAll(async () => {
  await server.stop();
});

const foldTo = (seq: number) => fold(emptyRun(), log.slice(0, seq));

describe("a long run's window", () => {
  it("was folded while the run grew: its first reader does not pay for it", async () => {
    await expect.poll(keptEnds).toEqual([2_000, 4_000, 6_000, 8_000]);
  });

  it("has the rows since the asked event and, with the chunks before, is the whole fold", async () => {
    const { run, state, base, chunks } = await read<WindowReply>("/window?events=3000");
    expect(chunks.map(({ seq }) => seq)).toEqual([6_000, 8_000]);
    expect(run.lastSeq).toBe(length);
    const wide = widenRun(state, base, chunks);
    const { timeline } = foldTo(length);
    expect(wide.timeline.spans).toEqual(timeline.spans.slice(wide.timeline.first));
    const before = await read<ChunksReply>("/chunks?upTo=4000");
    expect(widenRun(wide, before.base, before.chunks)).toEqual(foldTo(length));
  });

  it("is as of any event, in the middle of a chunk and at its end, and the summary knows no more", async () => {
    for (const at of [1, 1_999, 2_000, 2_001, 7_776, 8_000]) {
      const { run, state, base, chunks } = await read<WindowReply>(`/window?at=${at}`);
      expect(widenRun(state, base, chunks)).toEqual(foldTo(at));
      expect(run.lastSeq).toBe(at);
    }
    const { state } = await read<WindowReply>("/window?at=5000&events=0");
    expect(Object.values(state.timeline.carried ?? {}).some(({ callId, endMs }) => callId === "slow" && endMs === null)).toBe(true);
  });

  it("is made anew where it was lost or made by an older fold, and the whole state is the same", async () => {
    await server.services.pool`delete from run_snapshots where seq = 8000`;
    await server.services.pool`update run_snapshots set fold_version = 'older' where seq = 2000`;
    expect((await read<WindowReply>("/state?at=9000")).state).toEqual(foldTo(9_000));
    await server.services.pool`delete from run_snapshots where seq = 4000`;
    expect((await read<WindowReply>("/state?at=8000")).state).toEqual(foldTo(8_000));
    await server.services.pool`update run_snapshots set fold_version = 'older'`;
    expect((await read<WindowReply>("/state")).state).toEqual(foldTo(length));
    expect(await keptEnds()).toEqual([2_000, 4_000, 6_000, 8_000]);
  });

  it("is made anew when the server starts with another fold", async () => {
    await server.services.pool`update run_snapshots set fold_version = 'older'`;
    expect(await keptEnds()).toEqual([]);
    await server.services.runKeeper.start();
    await expect.poll(keptEnds).toEqual([2_000, 4_000, 6_000, 8_000]);
  });
});
