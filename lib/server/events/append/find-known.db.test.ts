import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { uuidv7 } from "../../uuid";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const project = "00000000-0000-7000-8000-000000000001";
const rollBack = new Error("rolled back");

const cases = [2, 20, 80, 100, 200, 1_000, 2_000, 20_000].flatMap((early) =>
  ["events", "events_ephemeral"].map((table) => ({ early, table })),
);

it.each(cases)(
  "reads none of $table but those that are asked for, by a plan that was made when the day had $early",
  async ({ early, table }) => {
    const run = uuidv7(server.services.now());
    const transaction = server.services.pool.begin(async (tx) => {
      const add = (from: number, to: number) => tx`
        insert into ${tx(table)} (project_id, run_id, seq, received_at_ms, type, source_type, dedupe_key, raw)
        select ${project}, ${run}, n, 0, 'message', 'LLM_OUTPUT', 'k' || n || repeat('-', 30), '{}' from generate_series(${from}::int, ${to}::int) as n`;
      const find = (keys: readonly number[]) =>
        tx`select dedupe_key from find_known(${project}, ${JSON.stringify(keys.map((key) => ({ r: run, k: `k${key}${"-".repeat(30)}` })))})`;
      const read = async () => {
        const [row] = await tx`
          select coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::int as n from pg_stat_xact_user_tables
          where relname like ${`${table}\\_2%`}`;
        return Number(row?.n);
      };
      await tx.unsafe("discard plans");
      await add(1, early);
      // After its fifth execution the server keeps one plan for all values.
      for (let n = 0; n < 8; n++) await find([1, 2]);
      await add(early + 1, early + 3_000);
      const before = await read();
      const keys = Array.from({ length: 20 }, (_, n) => 100 * n + 50);
      expect(await find([...keys, 99_999])).toHaveLength(keys.length);
      expect((await read()) - before).toBeLessThanOrEqual(keys.length);
      throw rollBack;
    });
    await expect(transaction).rejects.toBe(rollBack);
  },
);
