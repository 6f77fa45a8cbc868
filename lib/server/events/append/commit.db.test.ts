import pino, { type Logger } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyRow, foldRow } from "@/lib/core/run/fold";
import { budgetBook } from "@/lib/server/budgets/budget-book";
import { acceptEvent, isRejection } from "@/lib/server/ingest/accept-event";
import { applyRetention } from "@/lib/server/retention/apply-retention";
import { findRun } from "@/lib/server/runs/find-run";
import { startTestServer, type TestServer } from "@/test/server";
import { readEvents } from "../read";
import { Appender } from "./appender";
import type { AppendResult } from "./request";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const body = (run: string, seq: number) => ({
  workflow_id: run,
  type: seq % 5 === 0 ? "LLM_PARTIAL" : "LLM_OUTPUT",
  agent_id: `a${seq % 3}`,
  seq,
  timestamp: new Date(Date.UTC(2026, 0, 1) + seq).toISOString(),
  payload: { model: "gpt-5", cost_usd: 0.001 * seq, usage: { input_tokens: seq, output_tokens: 2 } },
});

/** What a second process is to the database: an appender that knows nothing of the first. */
async function otherProcess(run: string, of: { committed?: () => void; now?: () => number; log?: Logger } = {}) {
  const { pool } = server.services;
  const { committed = () => {}, now = server.services.now, log = pino({ level: "silent" }) } = of;
  const { projectId, source } = await findRun("00000000-0000-7000-8000-000000000001", run);
  const appender = new Appender({ pool, line: pool, now, log, budgets: async () => budgetBook([]), committed });
  return (seq: number, of = run): Promise<AppendResult> => {
    const value = body(of, seq);
    const context = { dialect: source.dialect, givenRun: null, lastRun: null, receivedAtMs: now(), redactor: null };
    const event = acceptEvent(context, { text: JSON.stringify(value), value });
    if (isRejection(event)) throw new Error(event.message);
    return appender.append({ projectId, source, events: [event] });
  };
}

async function stored(run: string) {
  const { pool } = server.services;
  const [row] =
    await pool`select last_seq::int as seq, (state->'lifecycle'->>'lastSeq')::int as state_seq from runs where external_id = ${run}`;
  return row as unknown as { seq: number; state_seq: number };
}

/** Sends events until the stored state is behind (it is written at most every two seconds), and gives the number of the last. */
async function sendUntilBehind(run: string): Promise<number> {
  for (let seq = 1; seq < 80; seq++) {
    expect((await server.send("/api/ingest/shannon", body(run, seq))).status).toBe(200);
    const found = await stored(run);
    if (found.state_seq < found.seq) return seq;
  }
  throw new Error(`the state of ${run} was written with each event`);
}

/** The run as a process reads it that wrote none of it, beside the fold of the whole log. */
async function bothFolds(run: string) {
  const { pool, appender } = server.services;
  const cached = await findRun("00000000-0000-7000-8000-000000000001", run);
  appender.cache.forget([`${cached.source.id}\n${run}`]);
  const read = await findRun("00000000-0000-7000-8000-000000000001", run);
  const ref = { projectId: read.projectId, runId: read.id, dialect: read.source.dialect };
  const log = await readEvents(pool, ref, { from: 1, limit: 1_000 });
  return {
    cached: cached.state,
    read: read.state,
    folded: foldRow(
      emptyRow(),
      log.map((item) => item.event),
    ),
  };
}

describe("a batch that goes in one statement", () => {
  it("is acknowledged, and the next one goes on, when somebody who follows commits fails", async () => {
    await server.send("/events", body("wf-listener", 1));
    let told = 0;
    const append = await otherProcess("wf-listener", {
      committed: () => {
        told += 1;
        throw new Error("a listener failed");
      },
    });
    for (const seq of [2, 3]) expect((await append(seq)).outcomes).toMatchObject([{ kind: "stored", seq }]);
    expect(told).toBe(2);
  });

  it("leaves a state behind its run for a few events only, and nobody can tell", async () => {
    const seq = await sendUntilBehind("wf-behind");
    const { cached, read, folded } = await bothFolds("wf-behind");
    expect(read).toEqual(folded);
    expect(cached).toEqual(folded);
    expect(await (await server.fetch("/api/runs/wf-behind")).json()).toMatchObject({ lastSeq: seq });
    for (let more = seq + 1; more <= 300; more++) await server.send("/api/ingest/shannon", body("wf-behind", more));
    const later = await stored("wf-behind");
    expect(later.seq - later.state_seq).toBeLessThan(128);
    await server.send("/api/ingest/shannon", { ...body("wf-behind", 301), type: "WORKFLOW_COMPLETED" });
    expect(await stored("wf-behind")).toEqual({ seq: 301, state_seq: 301 });
  });

  it("leaves little for a reader to fold, however long the events are", async () => {
    const { pool } = server.services;
    const tails: number[] = [];
    for (let seq = 1; seq <= 20; seq++) {
      await server.send("/api/ingest/shannon", { ...body("wf-long-tail", seq), type: "LLM_OUTPUT", message: "x".repeat(20_000) });
      const [row] = await pool`
        select coalesce(sum(octet_length(e.raw::text)), 0)::int as tail from runs r join events e on e.project_id = r.project_id and e.run_id = r.id
        where r.external_id = 'wf-long-tail' and e.seq > (r.state->'lifecycle'->>'lastSeq')::int`;
      tails.push(row?.tail);
    }
    expect(Math.max(...tails)).toBeLessThan(64 * 1024);
    expect(Math.max(...tails)).toBeGreaterThan(0);
  });

  it("is planned anew when another process wrote to the run meanwhile: no hole, nothing doubled", async () => {
    await server.send("/api/ingest/shannon", body("wf-two", 1));
    const append = await otherProcess("wf-two");
    for (let seq = 2; seq <= 40; seq++) {
      if (seq % 3 === 0) await append(seq);
      else expect(await (await server.send("/api/ingest/shannon", body("wf-two", seq))).json()).toMatchObject({ accepted: 1 });
    }
    // Each is told what the other stored.
    expect(await (await server.send("/api/ingest/shannon", body("wf-two", 33))).json()).toMatchObject({ accepted: 0, duplicates: 1 });
    expect((await append(34)).outcomes).toMatchObject([{ kind: "duplicate" }]);
    const { read, folded } = await bothFolds("wf-two");
    expect(read).toEqual(folded);
    expect(read.lifecycle).toMatchObject({ lastSeq: 40, source: { seen: 40 } });
  });

  it("makes a run with its first events, once when two processes hear of it at the same moment", async () => {
    await server.send("/api/ingest/shannon", body("wf-new", 1));
    const [one, other] = await Promise.all([otherProcess("wf-new"), otherProcess("wf-new")]);
    const runs = Array.from({ length: 40 }, (_, n) => `wf-new-${n}`);
    const outcomes = await Promise.all(
      runs.flatMap((run, n) => (n % 2 === 0 ? [one(1, run), other(2, run)] : [other(1, run), one(2, run)])),
    );
    for (const [n, run] of runs.entries()) {
      const told = outcomes.slice(2 * n, 2 * n + 2).flatMap((result) => result.outcomes);
      expect(told.map((outcome) => outcome.kind === "stored" && outcome.seq).sort()).toEqual([1, 2]);
      expect(new Set(told.map(({ runId }) => runId)).size).toBe(1);
      const { read, folded } = await bothFolds(run);
      expect(read).toEqual(folded);
      expect([read.lifecycle.lastSeq, read.lifecycle.source?.seen]).toEqual([2, 2]);
    }
    const rows = await server.services.pool`select count(*)::int as n from runs where external_id like 'wf-new-%'`;
    expect(rows[0]?.n).toBe(40);
    // What was made in one statement is read as one that was made under locks.
    const made = await findRun("00000000-0000-7000-8000-000000000001", "wf-new-0");
    expect(Math.abs(made.createdAtMs - Date.now())).toBeLessThan(60_000);
  });

  it("makes runs of the same age in one statement and under locks", async () => {
    const nowMs = Date.UTC(2026, 0, 1) + 123;
    await server.send("/events", body("wf-age", 1));
    const append = await otherProcess("wf-age", { now: () => nowMs });
    await append(1, "wf-age-at-once");
    // Beside a run that the process does not know, a new one is made under locks.
    const [beside] = await Promise.all([append(2, "wf-age"), append(1, "wf-age-locked")]);
    expect(beside.outcomes).toMatchObject([{ kind: "stored", seq: 2 }]);
    const rows = await server.services.pool`
      select external_id, (extract(epoch from created_at) * 1000)::bigint as at from runs where external_id like 'wf-age-%' order by 1`;
    expect(rows.map((row) => [row.external_id, Number(row.at)])).toEqual([
      ["wf-age-at-once", nowMs],
      ["wf-age-locked", nowMs],
    ]);
  });

  it("has taken its last events into the state before retention drops them", async () => {
    const seq = await sendUntilBehind("wf-kept");
    const before = await bothFolds("wf-kept");
    const removed = await applyRetention(server.services.pool, Date.now() + 200 * 86_400_000);
    expect(removed.partitions.length).toBeGreaterThan(0);
    expect(await stored("wf-kept")).toEqual({ seq, state_seq: seq });
    expect((await findRun("00000000-0000-7000-8000-000000000001", "wf-kept")).state).toEqual(before.folded);
  });
});

describe("a batch under locks", () => {
  it("that another's locks cross is not stored and may be sent again; of several requests each is stored", async () => {
    const { pool, appender } = server.services;
    for (const run of ["wf-crossed-1", "wf-crossed-2"]) await server.send("/api/ingest/shannon", body(run, 1));
    const { projectId, source } = await findRun("00000000-0000-7000-8000-000000000001", "wf-crossed-1");
    const told: string[] = [];
    const log = pino({ level: "error" }, { write: (line: string) => told.push(JSON.parse(line).msg) });
    const committed = () => {
      throw new Error("a listener failed");
    };
    const append = await otherProcess("wf-crossed-1", { log, committed });
    for (const work of [
      async () => {
        const results = await Promise.all([append(2), append(2, "wf-crossed-2")]);
        expect(results.flatMap(({ outcomes }) => outcomes)).toMatchObject([
          { kind: "stored", seq: 2 },
          { kind: "stored", seq: 2 },
        ]);
        expect(told).toEqual(["a commit could not be announced", "a commit could not be announced"]);
      },
      async () => {
        appender.cache.forget([`${source.id}\nwf-crossed-1`]);
        const refused = await server.send("/api/ingest/shannon", body("wf-crossed-1", 3));
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
        expect((await server.send("/api/ingest/shannon", body("wf-crossed-1", 3))).status).toBe(200);
        expect((await stored("wf-crossed-1")).seq).toBe(3);
      },
    ]) {
      let appended: Promise<void> | undefined;
      await pool.begin(async (tx) => {
        // The other side never gives way.
        await tx`set local deadlock_timeout = '1h'`;
        await tx`select from feed_heads where project_id = ${projectId} for update`;
        appended = work();
        appended.catch(() => {});
        const [own] = await tx`select pg_backend_pid() as pid`;
        for (let waiting = 0; waiting === 0; )
          [{ waiting }] =
            (await pool`select count(*)::int as waiting from pg_stat_activity where ${own?.pid}::int = any(pg_blocking_pids(pid))`) as unknown as [
              { waiting: number },
            ];
        await tx`select from runs where external_id like 'wf-crossed-%' order by id for update`;
      });
      await appended;
    }
  });
});
