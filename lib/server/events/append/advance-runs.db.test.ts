import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { column } from "./columns";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  // What is rolled back again and again calls for a vacuum, and one beside a transaction that is not committed finds thousands of rows and
  // counts none: a table that no installation has.
  await server.services.pool`alter table runs set (autovacuum_enabled = false)`;
});
afterAll(() => server.stop());

const project = "00000000-0000-7000-8000-000000000001";
const source = "00000000-0000-7000-8000-00000000a001";
const rollBack = new Error("rolled back");

const cases = [2, 20, 200, 2_000].flatMap((early) => [
  { early, told: null, what: "their figures" },
  { early, told: true, what: "their names too" },
]);

it.each(cases)(
  "reads no run but those of the batch, by a plan that was made when there were $early, for $what",
  async ({ early, told }) => {
    const transaction = server.services.pool.begin(async (tx) => {
      await tx.unsafe("discard plans");
      await tx`insert into sources (project_id, id, dialect, name) values (${project}, ${source}, 'shannon', 'plans')`;
      const add = (from: number, to: number) => tx<{ id: string }[]>`
      insert into runs (project_id, id, source_id, dialect, external_id, kind)
      select ${project}, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${source}, 'shannon', 'plan-' || n, 'run'
      from generate_series(${from}::int, ${to}::int) as n returning id`;
      const advance = (ids: readonly string[], before: number) => {
        const all = (cell: number | string) => column(ids.map(() => cell));
        return tx`
        select advance_runs(p_project => ${project}, p_ids => ${column(ids)}::text::uuid[], p_before => ${all(before)}::text::bigint[],
          p_last => ${all(before + 1)}::text::bigint[], p_pricing => ${all(0)}::text::int[], p_status => ${all("running")}::text::text[],
          p_started => null, p_ended => null, p_heard => null, p_stalls => null, p_duration => null,
          p_tokens => ${all(0)}::text::bigint[], p_cost => ${all(0)}::text::bigint[],
          p_told => ${column(ids.map(() => told))}::text::boolean[], p_names => ${told ? all("n") : null}::text::text[],
          p_agents => null, p_sessions => null, p_models => ${told ? all("{}") : null}::text::text[], p_states => null)`;
      };
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
  },
);
