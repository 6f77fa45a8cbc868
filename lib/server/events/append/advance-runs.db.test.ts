import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const project = "00000000-0000-7000-8000-000000000001";
const source = "00000000-0000-7000-8000-00000000a001";
const rollBack = new Error("rolled back");
const record = (id: string, before: number) => ({ i: id, b: before, p: 0, q: before + 1, u: "running", n: "n", tk: 0, co: 0, mo: [] });

it.each([2, 20, 200, 2_000])("reads no run but those of the batch, by a plan that was made when there were %i", async (early) => {
  const transaction = server.services.pool.begin(async (tx) => {
    await tx.unsafe("discard plans");
    await tx`insert into sources (project_id, id, dialect, name) values (${project}, ${source}, 'shannon', 'plans')`;
    const add = (from: number, to: number) => tx<{ id: string }[]>`
      insert into runs (project_id, id, source_id, dialect, external_id, kind)
      select ${project}, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${source}, 'shannon', 'plan-' || n, 'run'
      from generate_series(${from}::int, ${to}::int) as n returning id`;
    const advance = (ids: readonly string[], before: number) =>
      tx`select advance_runs(${project}, ${[...ids]}::uuid[], ${JSON.stringify(ids.map((id) => record(id, before)))})`;
    const some = (await add(1, early)).map(({ id }) => id).slice(0, 16);
    // After its fifth execution the server keeps one plan for all values.
    for (let n = 0; n < 8; n++) await advance(some, n);
    const more = (await add(early + 1, early + 3_000)).map(({ id }) => id).slice(0, 16);
    const read = async () =>
      Number(
        (
          await tx`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n from pg_stat_xact_user_tables where relname = 'runs'`
        )[0]?.n,
      );
    const before = await read();
    await advance(more, 0);
    expect((await read()) - before).toBeLessThanOrEqual(16);
    const [row] = await tx`select count(*)::int as n from runs where source_id = ${source} and last_seq = 1`;
    expect(row?.n).toBe(16);
    throw rollBack;
  });
  await expect(transaction).rejects.toBe(rollBack);
});
